"""The checker of documentation notices stale pages and dead links."""

from pathlib import Path

from tus_dispatch.cli.docs import check_docs, write_docs


def test_pages_just_written_are_up_to_date(tmp_path: Path) -> None:
    write_docs(tmp_path)

    assert check_docs(tmp_path) == []


def test_an_edited_page_is_stale(tmp_path: Path) -> None:
    write_docs(tmp_path)
    page = tmp_path / "docs" / "glossary.md"
    page.write_text(page.read_text(encoding="utf-8") + "And more.\n", encoding="utf-8")

    assert check_docs(tmp_path) == ["docs/glossary.md: stale, run `tus docs`"]


def test_a_link_must_lead_to_a_file_but_code_is_not_read(tmp_path: Path) -> None:
    write_docs(tmp_path)
    text = "[good](docs/cli.md#tus) [far](https://example.org/x) [bad](docs/no.md)\n"
    code = "```\n[in code](nowhere.md)\n```\n"
    (tmp_path / "README.md").write_text(text + code, encoding="utf-8")

    assert check_docs(tmp_path) == ["README.md: no file at docs/no.md"]
