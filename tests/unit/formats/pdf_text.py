"""Reads the text of our PDFs back, with its size and place, so that tests see what is printed."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_STREAM = re.compile(rb"(\d+) 0 obj\s*<<(.*?)>>\s*stream\r?\n", re.DOTALL)
_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj(.*?)endobj", re.DOTALL)
_OPERATOR = re.compile(rb"1 0 0 -1 ([-\d.]+) ([-\d.]+) cm|/(f\d+) ([\d.]+) Tf|T[jJ]\b")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_WIDE = re.compile(rb"<FEFF([0-9A-F]*)>")
_MAPPING = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


@dataclass(frozen=True)
class Piece:
    """A run of text: its page's stream, place in points from the left, size and font."""

    stream: int
    x: float
    size: float
    font: str
    text: str

    @property
    def right(self) -> float:
        """Where the run ends; every sign of the typewriter font is 0.602 of its size wide."""
        return self.x + 0.602 * self.size * len(self.text.rstrip())


def streams(pdf: bytes) -> dict[int, bytes]:
    """Return all streams, inflated."""
    found = {}
    for match in _STREAM.finditer(pdf):
        length = re.search(rb"/Length (\d+)", match[2])
        assert length is not None
        raw = pdf[match.end() : match.end() + int(length[1])]
        found[int(match[1])] = zlib.decompress(raw) if b"FlateDecode" in match[2] else raw
    return found


def n_pages(pdf: bytes) -> int:
    """Count the pages."""
    return len(re.findall(rb"/Type/Page\b(?!s)", pdf))


def descriptions(pdf: bytes) -> list[str]:
    """Return what a PDF says beside its text: names of pictures, title, author, metadata."""
    data = streams(pdf)
    inside = [data[number] for number in _contents(pdf)]
    at = 0
    for match in _STREAM.finditer(pdf):
        inside.append(pdf[at : match.end()])
        at = pdf.index(b"endstream", match.end())
    found = [each.decode() for each in data.values() if each.startswith(b"<?xpacket")]
    for each in [*inside, pdf[at:]]:
        found += [_unescaped(string).decode("latin-1") for _, string in _split(each)]
        found += [bytes.fromhex(wide.decode()).decode("utf-16-be") for wide in _WIDE.findall(each)]
    return found


def pieces(pdf: bytes) -> list[Piece]:
    """Return all text of a PDF, page after page, in the order it is drawn."""
    data = streams(pdf)
    objects = {int(match[1]): match[2] for match in _OBJECT.finditer(pdf)}
    resources = re.search(rb"/Font<<(.*?)>>", pdf, re.DOTALL)
    assert resources is not None
    fonts = {}
    for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources[1]):
        description = objects[int(number)]
        base = re.search(rb"/BaseFont/\w+\+([\w-]+)", description)
        unicode_map = re.search(rb"/ToUnicode (\d+) 0 R", description)
        assert base is not None
        assert unicode_map is not None
        mapping = {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in _MAPPING.findall(
                data[int(unicode_map[1])].partition(b"endcodespacerange")[2]
            )
        }
        fonts[name] = (base[1].decode().removesuffix("-Identity-H"), mapping)
    return [piece for stream in _contents(pdf) for piece in _shown(stream, data[stream], fonts)]


def text(pdf: bytes) -> str:
    """Return all text of a PDF, one line per run."""
    return "\n".join(piece.text for piece in pieces(pdf))


def _contents(pdf: bytes) -> list[int]:
    return [int(each) for each in re.findall(rb"/Contents (\d+) 0 R", pdf)]


def _shown(
    stream: int, content: bytes, fonts: dict[bytes, tuple[str, dict[int, str]]]
) -> list[Piece]:
    found: list[Piece] = []
    x, size, font, codes = 0.0, 0.0, b"", b""
    for plain, string in _split(content):
        for match in _OPERATOR.finditer(plain):
            if match[1] is not None:
                x = float(match[1])
            elif match[3] is not None:
                # Names of pictures stand before a font is chosen; they are not shown.
                font, size, codes = match[3], float(match[4]), b""
            else:
                found.append(
                    Piece(stream, x, size, fonts[font][0], _decoded(codes, fonts[font][1]))
                )
                codes = b""
        codes += _unescaped(string)
    return found


def _split(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give what stands before each string, and the string; strings may hold balanced brackets."""
    plain_from = at = 0
    while (opening := content.find(b"(", at)) >= 0:
        depth, at = 1, opening + 1
        while depth:
            if content[at] == ord("\\"):
                at += 1
            else:
                depth += {ord("("): 1, ord(")"): -1}.get(content[at], 0)
            at += 1
        yield content[plain_from:opening], content[opening + 1 : at - 1]
        plain_from = at
    yield content[plain_from:], b""


def _unescaped(string: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8)]) if code.isdigit() else _PLAIN.get(code, code)

    return _ESCAPE.sub(plain, string)


def _decoded(codes: bytes, mapping: dict[int, str]) -> str:
    signs = (int.from_bytes(codes[i : i + 2], "big") for i in range(0, len(codes), 2))
    return "".join(mapping.get(sign, "\ufffd") for sign in signs).replace("\u200b", "")
