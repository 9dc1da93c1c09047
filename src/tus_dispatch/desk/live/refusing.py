"""A wish is refused with a reason of a register: its code, its sentence, and what would work."""

from dataclasses import dataclass

from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.reason import REASONS, Reason
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.errors import Code, TusError
from tus_dispatch.planning.daytime.codes import CODES as DAYTIME
from tus_dispatch.rules.working_time.codes import CODES as HOURS
from tus_dispatch.verify.codes import CODES as JUDGED

_REGISTERS = (REASONS, DAYTIME, HOURS, JUDGED)
_REMEDIES = {
    Force.LEGAL: "Proposez ce qui est permis à la place, ou faites vérifier la pièce qui manque.",
    Force.RULE: "Complétez la pièce qui manque, ou levez cette règle en indiquant un motif.",
}
# Codes of legality, whether of a booking or of a plan.
OF_THE_LAW = "TUS-2"
_REMEDY = "Choisissez une autre possibilité."


@dataclass(frozen=True, slots=True)
class LawfulTrip:
    """A trip that the person may lawfully make instead.

    Attributes
    ----------
    direction
        Which leg it stands for.
    origin, destination
        From where to where; one end is a hub.
    """

    direction: Direction
    origin: PlaceId
    destination: PlaceId


class RefusedError(TusError):
    """What somebody wishes is refused for reasons that are read aloud.

    Parameters
    ----------
    reasons
        Most serious first; at least one.
    field
        JSON pointer to what is refused, or None for all of it.
    instead
        Trips that are lawful.
    """

    def __init__(
        self,
        reasons: tuple[Reason, ...],
        field: str | None = None,
        instead: tuple[LawfulTrip, ...] = (),
    ) -> None:
        self.reasons = reasons
        self.field = field
        self.instead = instead
        super().__init__("\n".join(f"{each.code} {each.sentence}" for each in reasons))


def entry_of(reason: Reason) -> Code:
    """Return the entry of a reason as errors have it.

    Parameters
    ----------
    reason
        Of the register of reasons, of the middle of the day, or of the judge.

    Returns
    -------
    Code
        With a remedy in French.

    Raises
    ------
    StopIteration
        When no register has it, which is a fault of the program.
    """
    kind = next(each[reason.slug] for each in _REGISTERS if reason.slug in each)
    remedy = _REMEDIES.get(kind.force, _REMEDY)
    return Code(kind.code, kind.slug, kind.cause, kind.action, remedy)
