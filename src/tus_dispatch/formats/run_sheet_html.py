"""A run sheet as one HTML file that prints like the PDF and needs neither script nor network."""

from tus_dispatch.domain.run_sheet import RunSheet
from tus_dispatch.formats.pages import render
from tus_dispatch.formats.run_sheet_words import sheet_page


def run_sheet_html(sheet: RunSheet) -> str:
    """Return a run sheet as a web page.

    Parameters
    ----------
    sheet
        What the driver may know.

    Returns
    -------
    str
        One self-contained document in French, styles inside, A4 when printed.
    """
    return render("run_sheet.html", page=sheet_page(sheet))
