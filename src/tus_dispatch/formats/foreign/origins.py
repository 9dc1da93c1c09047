"""From a place in the scenario back to the place in the file somebody wrote."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tus_dispatch.errors import InputError, Problem


@dataclass(slots=True)
class Origins:
    """Notes, while a foreign file is turned into a scenario, where each value came from.

    Attributes
    ----------
    places
        By JSON pointer of the scenario: a line and column, or a pointer of
        the foreign file.
    trees
        Pointers below which both files look the same.
    finders
        For objects too large to note every value: finds the place from the
        rest of a pointer.
    """

    places: dict[str, str] = field(default_factory=dict)
    trees: dict[str, str] = field(default_factory=dict)
    finders: dict[str, Callable[[str], str | None]] = field(default_factory=dict)

    def note(self, pointer: str, where: str) -> None:
        """Note where the value at a pointer came from; the first note stands."""
        self.places.setdefault(pointer, where)

    def note_tree(self, pointer: str, where: str) -> None:
        """Note that everything below a pointer stands in the same shape below another."""
        self.trees.setdefault(pointer, where)

    def where(self, pointer: str) -> str | None:
        """Return the place a pointer came from, or that of the nearest object around it."""
        outer = pointer
        while outer:
            if outer in self.places:
                return self.places[outer]
            if outer in self.finders:
                found = self.finders[outer](pointer[len(outer) :])
                if found is not None:
                    return found
            if outer in self.trees:
                return self.trees[outer] + pointer[len(outer) :]
            outer = outer.rpartition("/")[0]
        return None

    def translated(self, problems: tuple[Problem, ...]) -> list[Problem]:
        """Tell problems of a scenario by their places in the foreign file.

        Parameters
        ----------
        problems
            With JSON pointers of the scenario.

        Returns
        -------
        list of Problem
            Each place and code once.
        """
        told: dict[tuple[str, str], Problem] = {}
        for each in problems:
            where = self.where(each.where) or each.where
            told.setdefault((where, each.code), replace(each, where=where))
        return list(told.values())

    def raised(self, source: str, error: InputError, known: list[Problem]) -> InputError:
        """Join what was wrong with the foreign file and with the scenario it makes.

        Parameters
        ----------
        source
            Name of the foreign file.
        error
            What the scenario's own check raised.
        known
            Problems of the foreign file; a scenario's problem at the same
            place is a consequence and left out.

        Returns
        -------
        InputError
            To be raised.
        """
        places = {each.where for each in known}
        later = [each for each in self.translated(error.problems) if each.where not in places]
        return InputError(source, (*known, *later))
