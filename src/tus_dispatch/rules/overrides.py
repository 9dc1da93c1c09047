"""Which reasons a person may lift: rules of the association, never the law."""

from collections.abc import Iterable

from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.reason import REASONS, Reason, force_of, reason_for


def refused_override(slug: str) -> Reason | None:
    """Tell whether a reason may be lifted at all.

    Parameters
    ----------
    slug
        Of a reason of the register.

    Returns
    -------
    Reason or None
        Why not; None when it may, with a motive.

    Raises
    ------
    KeyError
        When the register has no such slug.

    Examples
    --------
    >>> refused_override("no-referral") is None, refused_override("zone").slug
    (True, 'override-of-law')
    """
    return None if REASONS[slug].force is Force.RULE else reason_for("override-of-law")


def liftable_slugs() -> tuple[str, ...]:
    """Return the reasons that may be lifted, in the order of the register."""
    return tuple(slug for slug, kind in REASONS.items() if kind.force is Force.RULE)


def not_lifted(reasons: Iterable[Reason], booking: Booking) -> tuple[Reason, ...]:
    """Leave out the reasons that somebody lifted for a booking.

    Parameters
    ----------
    reasons
        What speaks against it.
    booking
        With what was lifted for it; an entry for a legal reason lifts nothing.

    Returns
    -------
    tuple of Reason
        In the order given.
    """
    lifted = {each.slug for each in booking.overrides}
    return tuple(
        each for each in reasons if not (each.slug in lifted and force_of(each) is Force.RULE)
    )
