"""All rounds of a day on a sheet for the office wall: one HTML file without script or network."""

from tus_dispatch.domain.day_board import DayBoard
from tus_dispatch.formats.day_board_words import board_page
from tus_dispatch.formats.pages import render


def day_board_html(board: DayBoard) -> str:
    """Return a day board as a web page.

    Parameters
    ----------
    board
        What the office may know.

    Returns
    -------
    str
        One self-contained document in French, A4 landscape when printed.
    """
    return render("day_board.html", page=board_page(board))
