"""While the search runs: one line that says how far it is, live or now and then."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from tus_dispatch.cli.wording import NBSP, decimal, euros, minutes
from tus_dispatch.domain.units import MilliCents

SECONDS_BETWEEN_LINES = 5.0
_ONE_MINUTE_S = 60


class ProgressLine:
    """One line on standard error, rewritten on a terminal, else repeated every few seconds.

    Parameters
    ----------
    console
        A console for standard error, so that results can be piped.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Live | None = None
        self._next_line_s = 0.0

    def __enter__(self) -> Self:
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            # No refresh thread: every update is drawn at once and nothing else is.
            self._live = Live(console=self._console, auto_refresh=False, transient=True)
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def update(
        self,
        elapsed_s: float,
        served: int,
        n_legs: int,
        cost_millicents: MilliCents,
        improvement_percent: float,
    ) -> None:
        """Say how far the search is.

        Parameters
        ----------
        elapsed_s
            Seconds since the search began; away from a terminal they also
            decide whether it is time for another line.
        served, n_legs
            Legs in the best plan so far, and all legs.
        cost_millicents
            Its cost without the price of legs left out.
        improvement_percent
            By how much it is cheaper than the first plan.
        """
        text = progress_text(elapsed_s, served, n_legs, cost_millicents, improvement_percent)
        if self._live is not None:
            self._live.update(Text(text, no_wrap=True, overflow="ellipsis"), refresh=True)
        elif elapsed_s >= self._next_line_s:
            self._console.print(Text(text), soft_wrap=True)
            self._next_line_s = elapsed_s + SECONDS_BETWEEN_LINES

    def close(self) -> None:
        """Take the live line away; lines already printed stay."""
        if self._live is not None:
            self._live.stop()
            self._live = None


def progress_text(
    elapsed_s: float,
    served: int,
    n_legs: int,
    cost_millicents: MilliCents,
    improvement_percent: float,
) -> str:
    """Write the line.

    Parameters
    ----------
    elapsed_s, served, n_legs, cost_millicents, improvement_percent
        As for :meth:`ProgressLine.update`.

    Returns
    -------
    str
        At most 80 characters.

    Examples
    --------
    >>> progress_text(12, 46, 48, 31_240_000, 12.34).replace(NBSP, " ")
    '12 s · 46 trajets servis sur 48 · 312,40 € · gain 12,3 %'
    """
    passed = f"{int(elapsed_s)}{NBSP}s" if elapsed_s < _ONE_MINUTE_S else minutes(elapsed_s)
    noun = "trajet servi" if served < 2 else "trajets servis"
    return " · ".join(
        (
            passed,
            f"{served}{NBSP}{noun} sur {n_legs}",
            euros(cost_millicents),
            f"gain {decimal(improvement_percent)}{NBSP}%",
        )
    )
