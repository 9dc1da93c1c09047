"""Bookings of a day and standing bookings as rows, and back."""

from datetime import date
from typing import Any

from tus_dispatch.domain.demand import (
    Booking,
    Direction,
    LegRequest,
    Override,
    Purpose,
    ServiceRegime,
)
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.standing import (
    BookingStatus,
    DatedBooking,
    LegState,
    Recurrence,
    StandingBooking,
    TripResult,
    WallLeg,
)
from tus_dispatch.domain.units import BookingId, ParticipantId
from tus_dispatch.store.tables.demand import BookingRow, StandingRow
from tus_dispatch.store.values import WORDS, Codec

_LEG: Codec[LegRequest] = Codec(LegRequest)
_WALL_LEG: Codec[WallLeg] = Codec(WallLeg)
_OVERRIDES: Codec[tuple[Override, ...]] = Codec(tuple[Override, ...])
_REASON: Codec[Reason] = Codec(Reason)
_DATES: Codec[tuple[date, ...]] = Codec(tuple[date, ...])


def booking_fields(value: DatedBooking) -> dict[str, Any]:
    """Return the columns of a booking.

    Parameters
    ----------
    value
        With one state for each of its legs, the outward leg's first.

    Returns
    -------
    dict
        By column.

    Raises
    ------
    ValueError
        When states and legs do not belong together.
    """
    booking = value.booking
    _expect_states(value)
    return {
        "service_date": value.service_date,
        "participant_id": booking.participant,
        **_leg_fields("out", booking.outward),
        **_state_fields("out", _state(value, Direction.OUTWARD)),
        **_leg_fields("ret", booking.return_leg),
        **_state_fields("ret", _state(value, Direction.RETURN)),
        "party_size": booking.party_size,
        "purpose": booking.purpose.value,
        "regime": booking.regime.value,
        "priority": booking.priority,
        "price_eur_cents": booking.price_eur_cents,
        "requires_json": WORDS.dump(booking.requires),
        "external_ref": booking.external_ref,
        "standing_id": value.standing,
        "participation_eur_cents": booking.participation_eur_cents,
        "overrides_json": _OVERRIDES.dump(booking.overrides),
        "refusal_json": _REASON.dump_maybe(value.refused),
    }


def booking_of(row: BookingRow) -> DatedBooking:
    """Return the booking a row holds."""
    booking = Booking(
        id=BookingId(row.id),
        participant=ParticipantId(row.participant_id),
        outward=_LEG.load_maybe(row.out_json),
        return_leg=_LEG.load_maybe(row.ret_json),
        party_size=row.party_size,
        purpose=Purpose(row.purpose),
        regime=ServiceRegime(row.regime),
        priority=row.priority,
        price_eur_cents=row.price_eur_cents,
        requires=WORDS.load(row.requires_json),
        external_ref=row.external_ref,
        participation_eur_cents=row.participation_eur_cents,
        overrides=_OVERRIDES.load(row.overrides_json),
    )
    states = (
        _state_of(Direction.OUTWARD, row.out_status, row.out_result),
        _state_of(Direction.RETURN, row.ret_status, row.ret_result),
    )
    return DatedBooking(
        row.service_date,
        booking,
        tuple(state for state in states if state is not None),
        row.standing_id,
        _REASON.load_maybe(row.refusal_json),
    )


def standing_fields(value: StandingBooking) -> dict[str, Any]:
    """Return the columns of a standing booking."""
    recurrence = value.recurrence
    return {
        "participant_id": value.participant,
        "rule": recurrence.rule,
        "starts_on": recurrence.starts_on,
        "ends_on": recurrence.ends_on,
        "except_on_json": _DATES.dump(recurrence.except_on),
        "also_on_json": _DATES.dump(recurrence.also_on),
        "on_public_holidays": recurrence.on_public_holidays,
        "in_school_holidays": recurrence.in_school_holidays,
        **_leg_fields("out", value.outward),
        **_leg_fields("ret", value.return_leg),
        "party_size": value.party_size,
        "purpose": value.purpose.value,
        "regime": value.regime.value,
        "priority": value.priority,
    }


def standing_of(row: StandingRow) -> StandingBooking:
    """Return the standing booking a row holds."""
    return StandingBooking(
        participant=ParticipantId(row.participant_id),
        recurrence=Recurrence(
            rule=row.rule,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            except_on=_DATES.load(row.except_on_json),
            also_on=_DATES.load(row.also_on_json),
            on_public_holidays=row.on_public_holidays,
            in_school_holidays=row.in_school_holidays,
        ),
        outward=_WALL_LEG.load_maybe(row.out_json),
        return_leg=_WALL_LEG.load_maybe(row.ret_json),
        party_size=row.party_size,
        purpose=Purpose(row.purpose),
        regime=ServiceRegime(row.regime),
        priority=row.priority,
    )


def _leg_fields(prefix: str, leg: LegRequest | WallLeg | None) -> dict[str, Any]:
    # The places stand in columns of their own too: the database refuses unknown
    # ones, and the removal of those still used.
    if leg is None:
        text = None
    elif isinstance(leg, LegRequest):
        text = _LEG.dump(leg)
    else:
        text = _WALL_LEG.dump(leg)
    return {
        f"{prefix}_origin_id": None if leg is None else leg.origin,
        f"{prefix}_destination_id": None if leg is None else leg.destination,
        f"{prefix}_json": text,
    }


def _state_fields(prefix: str, state: LegState | None) -> dict[str, Any]:
    return {
        f"{prefix}_status": None if state is None else state.status.value,
        f"{prefix}_result": None if state is None or state.result is None else state.result.value,
    }


def _state_of(direction: Direction, status: str | None, result: str | None) -> LegState | None:
    if status is None:
        return None
    return LegState(
        direction, BookingStatus(status), None if result is None else TripResult(result)
    )


def _state(value: DatedBooking, direction: Direction) -> LegState | None:
    return next((state for state in value.states if state.direction is direction), None)


def _expect_states(value: DatedBooking) -> None:
    legs = (
        (Direction.OUTWARD, value.booking.outward),
        (Direction.RETURN, value.booking.return_leg),
    )
    expected = [direction for direction, leg in legs if leg is not None]
    if [state.direction for state in value.states] != expected:
        raise ValueError("a booking has one state for each of its legs, the outward leg's first")
