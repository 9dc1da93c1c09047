"""What a plan says beside its rounds: that trips are not checked, and what to look at."""

from collections.abc import Iterable

from tus_dispatch.domain.plan import Flag, Plan
from tus_dispatch.formats.wording import printable
from tus_dispatch.rules.flags import NOTICES, trips_notice

WHOLE_PLAN = "plan"


def told_flags(plan: Plan) -> tuple[Flag, ...]:
    """Return the flags of a plan, with the notice about its trips in front.

    Parameters
    ----------
    plan
        Any plan, also one made by hand.

    Returns
    -------
    tuple of Flag
        The notice follows from the scenario, so no plan can be without it.
    """
    notice = trips_notice(plan.scenario)
    own = without_notice(plan.flags)
    return own if notice is None else (Flag(WHOLE_PLAN, notice), *own)


def without_notice(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Leave out what the scenario says anyway."""
    return tuple(each for each in flags if each.reason.slug not in NOTICES)


def flag_sentence(flag: Flag) -> str:
    """Write a flag on one line.

    Parameters
    ----------
    flag
        Of a plan.

    Returns
    -------
    str
        French; with the leg or shift it speaks of.
    """
    sentence = printable(flag.reason.sentence)
    if flag.where == WHOLE_PLAN:
        return sentence
    return f"{printable(flag.where)} : {sentence}"
