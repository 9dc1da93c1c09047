"""Flexible bookings, events, protected time and seats on hold as rows, and back."""

from datetime import date
from typing import Any

from tus_dispatch.domain.daytime import EventKind
from tus_dispatch.domain.demand import Purpose, ServiceRegime
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.kept_daytime import (
    KeptAttendance,
    KeptEvent,
    KeptFlexible,
    KeptHold,
    KeptTarget,
)
from tus_dispatch.domain.roster import WallBand
from tus_dispatch.domain.slot_offer import Hold, SlotOffer
from tus_dispatch.domain.units import BookingId, DriverId, ParticipantId, PlaceId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.store.tables.daytime import (
    AttendanceRow,
    FlexibleRow,
    GroupEventRow,
    ProtectedTargetRow,
    SlotHoldRow,
)
from tus_dispatch.store.values import INTEGERS, WORDS, Codec

_BANDS: Codec[tuple[WallBand, ...]] = Codec(tuple[WallBand, ...])
_DATES: Codec[tuple[date, ...]] = Codec(tuple[date, ...])
_OFFER: Codec[SlotOffer] = Codec(SlotOffer)


def flexible_fields(value: KeptFlexible) -> dict[str, Any]:
    """Return the columns of a flexible booking."""
    return {
        "participant_id": value.participant,
        "home_id": value.home,
        "place_id": value.place,
        "windows_json": _BANDS.dump(value.windows),
        "stay_s": value.stay_s,
        "one_way": value.one_way,
        "dates_json": _DATES.dump(value.dates),
        "party_size": value.party_size,
        "purpose": value.purpose.value,
        "regime": value.regime.value,
        "requires_json": WORDS.dump(value.requires),
        "value_eur_cents": value.value_eur_cents,
        "booking_id": value.booking,
    }


def flexible_of(row: FlexibleRow) -> KeptFlexible:
    """Return the flexible booking a row holds."""
    return KeptFlexible(
        participant=ParticipantId(row.participant_id),
        home=PlaceId(row.home_id),
        place=PlaceId(row.place_id),
        windows=_BANDS.load(row.windows_json),
        stay_s=row.stay_s,
        one_way=row.one_way,
        dates=_DATES.load(row.dates_json),
        party_size=row.party_size,
        purpose=Purpose(row.purpose),
        regime=ServiceRegime(row.regime),
        requires=WORDS.load(row.requires_json),
        value_eur_cents=row.value_eur_cents,
        booking=None if row.booking_id is None else BookingId(row.booking_id),
    )


def event_fields(value: KeptEvent) -> dict[str, Any]:
    """Return the columns of an event."""
    return {
        "service_date": value.service_date,
        "name": value.name,
        "kind": value.kind.value,
        "place_id": value.place,
        "from_s": value.window.earliest_s,
        "until_s": value.window.latest_s,
        "capacity": value.capacity,
        "early_s": value.early_s,
        "late_s": value.late_s,
        "purpose": value.purpose.value,
        "regime": value.regime.value,
        "value_eur_cents": value.value_eur_cents,
    }


def event_of(row: GroupEventRow) -> KeptEvent:
    """Return the event a row holds."""
    return KeptEvent(
        service_date=row.service_date,
        name=row.name,
        kind=EventKind(row.kind),
        place=PlaceId(row.place_id),
        window=TimeWindow(row.from_s, row.until_s),
        capacity=row.capacity,
        early_s=row.early_s,
        late_s=row.late_s,
        purpose=Purpose(row.purpose),
        regime=ServiceRegime(row.regime),
        value_eur_cents=row.value_eur_cents,
    )


def attendance_fields(value: KeptAttendance) -> dict[str, Any]:
    """Return the columns of an attendance."""
    return {
        "event_id": value.event,
        "participant_id": value.participant,
        "home_id": value.home,
        "party_size": value.party_size,
        "booking_id": value.booking,
    }


def attendance_of(row: AttendanceRow) -> KeptAttendance:
    """Return the attendance a row holds."""
    return KeptAttendance(
        event=row.event_id,
        participant=ParticipantId(row.participant_id),
        home=PlaceId(row.home_id),
        party_size=row.party_size,
        booking=None if row.booking_id is None else BookingId(row.booking_id),
    )


def target_fields(value: KeptTarget) -> dict[str, Any]:
    """Return the columns of protected time that a driver is to have."""
    return {
        "service_date": value.service_date,
        "driver_id": value.driver,
        "kind": value.kind.value,
        "target_s": value.target_s,
        "lengths_json": INTEGERS.dump(value.lengths_s),
        "place_id": value.place,
        "is_placed": value.is_placed,
    }


def target_of(row: ProtectedTargetRow) -> KeptTarget:
    """Return the protected time a row holds."""
    return KeptTarget(
        service_date=row.service_date,
        driver=DriverId(row.driver_id),
        kind=SlotKind(row.kind),
        target_s=row.target_s,
        lengths_s=INTEGERS.load(row.lengths_json),
        place=None if row.place_id is None else PlaceId(row.place_id),
        is_placed=row.is_placed,
    )


def hold_fields(value: KeptHold) -> dict[str, Any]:
    """Return the columns of seats on hold."""
    hold = value.hold
    return {
        "service_date": value.service_date,
        "place_id": hold.offer.place,
        "offer_json": _OFFER.dump(hold.offer),
        "seats": hold.seats,
        "until_at": hold.until_at,
        "held_by": hold.held_by,
        "booked_json": WORDS.dump(hold.booked),
    }


def hold_of(row: SlotHoldRow) -> KeptHold:
    """Return the seats on hold a row holds."""
    return KeptHold(
        row.service_date,
        Hold(
            offer=_OFFER.load(row.offer_json),
            seats=row.seats,
            until_at=row.until_at,
            held_by=row.held_by,
            booked=tuple(map(BookingId, WORDS.load(row.booked_json))),
        ),
    )
