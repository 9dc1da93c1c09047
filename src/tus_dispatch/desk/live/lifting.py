"""A rule of the association is lifted for a booking: by whom, when and why, and the log knows."""

from collections.abc import Iterable
from dataclasses import replace

from tus_dispatch.domain.demand import Override
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.store import events
from tus_dispatch.store.session import Session

LIFTED = "booking.rule_lifted"


def signed(
    asked: DatedBooking, actor: Actor, now_at: int, before: Iterable[Override] = ()
) -> DatedBooking:
    """Sign what a booking lifts; what was lifted before keeps its signature.

    Parameters
    ----------
    asked
        Names rules and motives only.
    actor
        Whose hand.
    now_at
        UTC epoch seconds.
    before
        What the booking has lifted already.

    Returns
    -------
    DatedBooking
        Each with the account and the instant.
    """
    known = {(each.slug, each.motive): each for each in before}
    by = actor.account or actor.role.value
    overrides = tuple(
        known.get((each.slug, each.motive), replace(each, by=by, made_at=now_at))
        for each in asked.booking.overrides
    )
    return replace(asked, booking=replace(asked.booking, overrides=overrides))


def tell_lifted(
    session: Session,
    actor: Actor,
    record: Record[DatedBooking],
    before: Iterable[Override] = (),
) -> None:
    """Note in the log what a booking lifts that it did not lift before.

    Parameters
    ----------
    session
        Of the write that keeps it.
    actor
        Whose hand.
    record
        As kept.
    before
        What it lifted already.

    Notes
    -----
    The motive stands with the booking: words about a person must go when the
    person is erased, and the log is never altered.
    """
    known = {(each.slug, each.motive) for each in before}
    for each in record.value.booking.overrides:
        if (each.slug, each.motive) not in known:
            subjects = [record.id, record.value.booking.participant]
            data = {"reason": each.slug, "at": each.made_at, "version": record.version}
            events.record(session, actor.organisation, LIFTED, actor, subjects, data)
