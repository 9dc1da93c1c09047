"""What a diagnosis says: one line per thing looked at, with advice where it is needed."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How serious a finding is."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes
    ----------
    topic
        French word or two for the left column.
    state
        Whether something is to be done.
    text
        French: what was found.
    advice
        French: what to do, or empty.
    """

    topic: str
    state: State
    text: str
    advice: str = ""


def good(topic: str, text: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(topic, State.GOOD, text)


def warning(topic: str, text: str, advice: str) -> Finding:
    """Return a finding that somebody should see to soon."""
    return Finding(topic, State.WARNING, text, advice)


def wrong(topic: str, text: str, advice: str) -> Finding:
    """Return a finding that somebody must see to now."""
    return Finding(topic, State.WRONG, text, advice)
