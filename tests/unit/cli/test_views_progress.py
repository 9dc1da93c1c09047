"""The line that says how far the search is."""

import io
import re

from rich.console import Console

from tus_dispatch.cli.progress_line import ProgressLine
from tus_dispatch.cli.wording import NBSP


def piped(times_s: list[float]) -> list[str]:
    page = io.StringIO()
    with ProgressLine(Console(file=page, width=80)) as line:
        for elapsed_s in times_s:
            line.update(elapsed_s, 46, 48, 31_240_000, 12.34)
    return page.getvalue().replace(NBSP, " ").splitlines()


def on_terminal() -> str:
    page = io.StringIO()
    console = Console(file=page, width=80, force_terminal=True, _environ={"TERM": "xterm-256color"})
    with ProgressLine(console) as line:
        for elapsed_s in (1, 2, 3):
            line.update(elapsed_s, 46, 48, 31_240_000, 12.34)
    return page.getvalue().replace(NBSP, " ")


def test_away_from_a_terminal_a_line_comes_every_five_seconds() -> None:
    lines = piped([0.2, 1, 2.5, 5.1, 5.3, 5.4, 10.0, 10.4])

    assert [line.split(" · ")[0] for line in lines] == ["0 s", "5 s", "10 s"]


def test_the_line_says_time_people_cost_and_gain() -> None:
    assert piped([75]) == ["1 min · 46 trajets servis sur 48 · 312,40 € · gain 12,3 %"]


def test_on_a_terminal_the_line_is_rewritten_and_taken_away() -> None:
    page = on_terminal()

    for second in (1, 2, 3):
        assert f"{second} s · 46 trajets servis sur 48" in page
    # Each redraw erases the line before, the last one leaves nothing behind.
    assert page.count("\x1b[2K") >= 3
    assert re.search(r"\x1b\[2K(\x1b\[\?25h)?\s*$", page) is not None


def test_closing_twice_is_harmless() -> None:
    line = ProgressLine(Console(file=io.StringIO()))

    line.close()
    line.close()
