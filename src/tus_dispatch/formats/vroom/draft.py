"""A scenario while it is put together from a VROOM problem."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tus_dispatch.domain.policy import Policy
from tus_dispatch.formats.foreign.origins import Origins
from tus_dispatch.formats.foreign.values import Values
from tus_dispatch.formats.vroom.clock import VroomClock
from tus_dispatch.formats.vroom.fields import EXTENSION
from tus_dispatch.formats.vroom.places import VroomPlaces


@dataclass(slots=True)
class VroomDraft:
    """What the parts of the reader share.

    Attributes
    ----------
    values
        The document.
    origins
        Where each object came from.
    clock
        The service day and its zero.
    places
        Filled while steps are read.
    policy
        Defaults that hold in this file.
    vehicles, drivers, shifts, participants, bookings
        Sections of the scenario.
    warnings
        What was assumed or left aside.
    """

    values: Values
    origins: Origins
    clock: VroomClock
    places: VroomPlaces
    policy: Policy
    vehicles: list[dict[str, Any]] = field(default_factory=list)
    drivers: list[dict[str, Any]] = field(default_factory=list)
    shifts: list[dict[str, Any]] = field(default_factory=list)
    participants: list[dict[str, Any]] = field(default_factory=list)
    bookings: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def records(self, section: str) -> list[dict[str, Any]]:
        """Return what our own files keep of a section, and note where it stands."""
        found = []
        for i, each in enumerate(self.values.entries(EXTENSION, section)):
            if isinstance(each, dict):
                self.origins.note_tree(f"/{section}/{i}", f"/{EXTENSION}/{section}/{i}")
                found.append(dict(each))
            else:
                self.values.note("wrong-value", (EXTENSION, section, i), each, "un objet { … }")
        return found

    def skill_words(self, numbers: Iterable[int]) -> list[str]:
        """Return the words skills stand for; without a list of words, one is made."""
        words = self.values.entries(EXTENSION, "skills")
        return [str(words[i - 1]) if 0 < i <= len(words) else f"skill-{i}" for i in numbers]

    def warn(self, sentence: str) -> None:
        """Add a warning once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def unused_id(wanted: str, taken: Iterable[object]) -> str:
    """Return an id that nothing has yet."""
    known = {str(each) for each in taken}
    name, number = wanted, 2
    while name in known:
        name, number = f"{wanted}-{number}", number + 1
    return name
