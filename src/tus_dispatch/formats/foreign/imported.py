"""What an import gives back: the day, and what a dispatcher should know about it."""

from dataclasses import dataclass

from tus_dispatch.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Imported:
    """A day read from a foreign file.

    Attributes
    ----------
    scenario
        Checked as a whole.
    format
        Which format it was.
    warnings
        French sentences: what was assumed or left aside.
    """

    scenario: Scenario
    format: str
    warnings: tuple[str, ...] = ()
