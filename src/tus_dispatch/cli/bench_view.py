"""How ``tus bench`` shows its runs: one line each, at most 80 columns wide."""

from typing import TYPE_CHECKING

from rich.console import Console

from tus_dispatch.bench.reading import Case, LiteratureCase
from tus_dispatch.bench.record import Record
from tus_dispatch.bench.tables import number

if TYPE_CHECKING:
    from tus_dispatch.bench.best_known import BestKnown

_HEADING = ("instance", "engine", "seed", "n", "veh", "cost", "gap %", "wall s")
_WIDTHS = (-16, -17, 4, 4, 3, 11, 7, 7)


class BenchTable:
    """Shows each run as soon as it is over.

    Parameters
    ----------
    console
        Where to.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._is_begun = False

    def show(self, case: Case, record: Record, best: "BestKnown | None") -> None:
        """Show one run.

        Parameters
        ----------
        case
            What was run.
        record
            How it went.
        best
            Best known cost of the instance, or None.
        """
        if not self._is_begun:
            self._print(_HEADING)
            self._is_begun = True
        is_relaxed = isinstance(case, LiteratureCase) and case.is_relaxed
        gap = None if best is None else best.gap_percent(record, is_relaxed=is_relaxed)
        self._print(
            (
                record.instance,
                record.engine,
                str(record.seed),
                str(record.n_requests),
                str(record.vehicles),
                "infeasible" if record.cost is None else f"{record.cost:.2f}",
                number(gap, 2, sign="+"),
                f"{record.wall_s:.1f}",
            )
        )

    def _print(self, cells: tuple[str, ...]) -> None:
        line = " ".join(map(_cell, cells, _WIDTHS))
        self._console.print(line.rstrip(), soft_wrap=True, markup=False, highlight=False)


def _cell(text: str, width: int) -> str:
    """Pad a cell, to the left for a positive width; a long name loses its middle."""
    room = abs(width)
    if len(text) > room:
        half = (room - 1) // 2
        text = f"{text[: room - 1 - half]}…{text[len(text) - half :]}"
    return text.ljust(room) if width < 0 else text.rjust(room)
