"""A run sheet as a PDF: one A4 page where it fits, the same bytes on every machine."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files

import typst

from tus_dispatch.domain.run_sheet import RunSheet
from tus_dispatch.formats.pictograms import Pictogram, name_of, svg
from tus_dispatch.formats.run_sheet_words import sheet_page


def run_sheet_pdf(sheet: RunSheet) -> bytes:
    """Return a run sheet as a tagged PDF.

    Parameters
    ----------
    sheet
        What the driver may know.

    Returns
    -------
    bytes
        A4 portrait pages. The fonts are those inside typst, so that a machine
        without fonts prints the same; the document's date is the service day.

    Notes
    -----
    What people typed reaches the template as JSON, never as markup, so nothing
    in a name can run or break the page.
    """
    data = {
        "page": asdict(sheet_page(sheet)),
        "pictograms": {each.value: svg(each) for each in Pictogram},
        "names": {each.value: name_of(each) for each in Pictogram},
    }
    template = files("tus_dispatch.formats") / "templates" / "run_sheet.typ"
    pages = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime.combine(sheet.service_date, time(0), tzinfo=UTC),
    )
    if not isinstance(pages, bytes):  # only formats of one file per page return a list
        raise TypeError(f"typst returned {type(pages).__name__} for a PDF")
    return pages
