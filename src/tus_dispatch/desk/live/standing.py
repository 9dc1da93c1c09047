"""Standing bookings become bookings of their days, each day once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.desk.live.asking import as_asked
from tus_dispatch.desk.live.leg_states import Move, first_states, with_move
from tus_dispatch.desk.live.legality import unlawfulness
from tus_dispatch.desk.live.office import Office
from tus_dispatch.domain.calendar import Calendar, days_of, unknown_days
from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Participant
from tus_dispatch.domain.organisation import Actor, Organisation, OrganisationId
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import WallBand
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import BookingStatus, DatedBooking, StandingBooking, WallLeg
from tus_dispatch.domain.units import BookingId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.store import organisations
from tus_dispatch.store.days import today
from tus_dispatch.store.resources import BOOKINGS, PARTICIPANTS, STANDING
from tus_dispatch.store.session import Session

_UNTOUCHED = {BookingStatus.REQUESTED, BookingStatus.ELIGIBLE}


@dataclass(frozen=True, slots=True)
class RolledOut:
    """What came of standing bookings.

    Attributes
    ----------
    bookings
        New bookings, by day.
    warnings
        French sentences about days that somebody should look at.
    """

    bookings: tuple[Record[DatedBooking], ...]
    warnings: tuple[str, ...] = ()


def roll_out(
    office: Office,
    session: Session,
    organisation: OrganisationId,
    until: date,
    *,
    actor: Actor | None = None,
    first: date | None = None,
) -> RolledOut:
    """Turn standing bookings into bookings of their days.

    Parameters
    ----------
    office
        Remembers travel times, by which the law measures trips.
    session
        Of a write.
    organisation
        Whose.
    until
        Last day.
    actor
        Whose hand; None for the service.
    first
        First day, by default today; days before today stay as they were.

    Returns
    -------
    RolledOut
        A day that has its booking, be it cancelled, gets no second one. Days
        that follow a rule of before, and that nobody touched, are made anew. A
        day on which the trip is not lawful has its booking turned down, with
        the reason, and a warning says so; once it is lawful it is asked for.
    """
    settings = organisations.load(session, organisation).value
    start = max(first or date.min, today(session, organisation))
    made: list[Record[DatedBooking]] = []
    warnings: list[str] = []
    for standing in STANDING.all(session, organisation):
        days, told = days_wanted(standing.value, settings, start, until)
        warnings.extend(told)
        zone = settings.territory.time_zone
        wanted = {day: occurrence(standing, ServiceDay(day, zone)) for day in days}
        kept = BOOKINGS.all(
            session, organisation, standing=standing.id, from_date=start, until_date=until
        )
        person = PARTICIPANTS.get(session, organisation, standing.value.participant).value
        again = [
            _looked_at_again(office, session, organisation, each, person, actor) for each in kept
        ]
        known = _still_there(session, organisation, again, wanted, actor)
        for day in sorted(wanted.keys() - known):
            asked = as_asked(wanted[day], person)
            asked, sentence = _held_against_the_law(office, session, organisation, asked)
            made.append(BOOKINGS.add(session, organisation, asked, actor=actor))
            warnings += [] if sentence is None else [sentence]
    return RolledOut(tuple(made), tuple(dict.fromkeys(warnings)))


def _still_there(
    session: Session,
    organisation: OrganisationId,
    kept: Iterable[Record[DatedBooking]],
    wanted: Mapping[date, DatedBooking],
    actor: Actor | None,
) -> set[date]:
    """Remove what the standing booking does not say any more; return the days that have one."""
    days = set()
    for record in kept:
        day = record.value.service_date
        is_as_wanted = day in wanted and _is_same(record.value.booking, wanted[day].booking)
        # What somebody changed, planned or promised is theirs, whatever the rule says now.
        if is_as_wanted or record.version > 1 or not _is_untouched(record.value):
            days.add(day)
        else:
            BOOKINGS.remove(session, organisation, record.id, record.version, actor=actor)
    return days


def _is_same(kept: Booking, wanted: Booking) -> bool:
    return replace(kept, id=wanted.id) == wanted


def _is_untouched(kept: DatedBooking) -> bool:
    return all(each.status in _UNTOUCHED for each in kept.states)


def _held_against_the_law(
    office: Office, session: Session, organisation: OrganisationId, asked: DatedBooking
) -> tuple[DatedBooking, str | None]:
    """Turn down what is not lawful on its day, and say why."""
    found = unlawfulness(office, session, organisation, asked)
    if found is None:
        return asked, None
    reason = found.reasons[0]
    states = with_move(first_states(asked.booking), list(Direction), Move.REFUSE)
    warning = f"Le {asked.service_date:%d/%m/%Y}, {reason.code} : {reason.sentence}"
    return replace(asked, states=states, refused=reason), warning


def _looked_at_again(
    office: Office,
    session: Session,
    organisation: OrganisationId,
    record: Record[DatedBooking],
    person: Participant,
    actor: Actor | None,
) -> Record[DatedBooking]:
    """Ask for a day that was turned down and is lawful now: the missing piece has come."""
    if record.value.refused is None:
        return record
    if unlawfulness(office, session, organisation, record.value) is not None:
        return record
    asked = replace(as_asked(record.value, person), refused=None)
    return BOOKINGS.change(session, organisation, record.id, record.version, asked, actor=actor)


def days_wanted(
    standing: StandingBooking, settings: Organisation, first: date, last: date
) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """Return the days of a standing booking, and what is uncertain about them.

    Parameters
    ----------
    standing
        What repeats.
    settings
        Of the association, for its holidays.
    first, last
        Bounds, both included.

    Returns
    -------
    days : tuple of date
        In order.
    warnings : tuple of str
        French sentences.
    """
    calendar = Calendar(settings.holiday_area, settings.territory.school_zone)
    days = days_of(standing.recurrence, calendar, first=first, last=last)
    return days, unknown_days(standing.recurrence, calendar, days)


def occurrence(record: Record[StandingBooking], day: ServiceDay) -> DatedBooking:
    """Return the booking of one day.

    Parameters
    ----------
    record
        What repeats.
    day
        Which day; its clock times survive a change of the clocks.

    Returns
    -------
    DatedBooking
        States are set by whoever keeps it.
    """
    standing = record.value
    booking = Booking(
        id=BookingId(""),
        participant=standing.participant,
        outward=_request(standing.outward, day),
        return_leg=_request(standing.return_leg, day),
        party_size=standing.party_size,
        purpose=standing.purpose,
        regime=standing.regime,
        priority=standing.priority,
    )
    return DatedBooking(day.date, booking, (), record.id)


def _request(leg: WallLeg | None, day: ServiceDay) -> LegRequest | None:
    if leg is None:
        return None
    return LegRequest(
        origin=leg.origin,
        destination=leg.destination,
        arrive_by_s=None if leg.arrive_by is None else day.parse_weekly(leg.arrive_by),
        not_before_s=None if leg.not_before is None else day.parse_weekly(leg.not_before),
        pickup_window=_window(leg.pickup_window, day),
        dropoff_window=_window(leg.dropoff_window, day),
        max_ride_s=leg.max_ride_s,
    )


def _window(band: WallBand | None, day: ServiceDay) -> TimeWindow | None:
    if band is None:
        return None
    return TimeWindow(day.parse_weekly(band.earliest), day.parse_weekly(band.latest))
