"""Reads an HTML page as a browser without scripts would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page:
    """Elements and text of a page."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What can be read, runs of white space made one space."""
        return " ".join(" ".join(self.texts).split())

    def all_of(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements of one kind."""
        return [attributes for name, attributes in self.elements if name == tag]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.page.titles.append(data)
        elif self.inside not in {"style", "script"}:
            self.page.texts.append(data)


def read(html: str) -> Page:
    """Return the elements and the readable text of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page
