"""Options that are words of the domain, checked with a readable mistake."""

import difflib

from tus_dispatch.desk.codes import refusal
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.objective import Profile
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import LegId


def profile_named(name: str | None) -> Profile | None:
    """Return the profile a user named.

    Parameters
    ----------
    name
        As typed, or None.

    Returns
    -------
    Profile or None
        None when nothing was typed.

    Raises
    ------
    InputError
        When no profile has this name.
    """
    if name is None:
        return None
    try:
        return Profile(name)
    except ValueError as error:
        known = ", ".join(profile.value for profile in Profile)
        expected = f"un de ces profils : {known}"
        raise refusal("unknown-profile", "--profile", "--profile", name, expected) from error


def legs_named(scenario: Scenario, text: str) -> tuple[LegId, ...]:
    """Return the legs a user named, by leg or by booking.

    Parameters
    ----------
    scenario
        The day.
    text
        ``BOOKING:out``, ``BOOKING:ret`` or ``BOOKING``.

    Returns
    -------
    tuple of LegId
        One leg, or all legs of the booking.

    Raises
    ------
    InputError
        When the day has no such leg; the nearest names are suggested.
    """
    legs = legs_of(scenario)
    chosen = tuple(leg.id for leg in legs if text in {leg.id, leg.booking})
    if chosen:
        return chosen
    names = [str(leg.id) for leg in legs] + [str(leg.booking) for leg in legs]
    near = difflib.get_close_matches(text, names, n=3)
    expected = "un trajet de ce jour" + (f" (par exemple {', '.join(near)})" if near else "")
    raise refusal("unknown-leg", "LEG", "LEG", text, expected)
