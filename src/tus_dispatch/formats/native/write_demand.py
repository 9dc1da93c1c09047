"""Participants and bookings as the plain data of their file."""

from dataclasses import asdict
from typing import Any

from tus_dispatch.domain.demand import Booking, LegRequest, Override, Participant, Pin
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.native.demand import (
    BookingShape,
    EligibilityShape,
    LegShape,
    OverrideShape,
    ParticipantShape,
    PinShape,
    ReferralShape,
)
from tus_dispatch.formats.native.sparse import Data, instant, sparse, time, window
from tus_dispatch.formats.native.write_setting import ride_limit_data


def participant_data(person: Participant) -> Data:
    """Write a participant."""
    eligibility = person.eligibility
    return sparse(
        ParticipantShape,
        id=person.id,
        first_name=person.first_name,
        last_name=person.last_name,
        phone=person.phone,
        boarding_s=person.boarding_s,
        alighting_s=person.alighting_s,
        wheelchair=person.wheelchair,
        companions=person.companions,
        child_seats=person.child_seats,
        ride_limit=None if person.ride_limit is None else ride_limit_data(person.ride_limit),
        eligibility=(
            None if eligibility is None else sparse(EligibilityShape, **_dated(eligibility))
        ),
        referrals=[sparse(ReferralShape, **_dated(each)) for each in person.referrals],
        never_with=list(person.never_with),
        requires=list(person.requires),
        note=person.note,
        regular_driver=person.regular_driver,
    )


def _dated(value: Any) -> Data:
    plain = ((key, getattr(each, "value", each)) for key, each in asdict(value).items())
    return {key: each.isoformat() if hasattr(each, "isoformat") else each for key, each in plain}


def booking_data(booking: Booking, day: ServiceDay) -> Data:
    """Write a booking."""
    legs = {"outward": booking.outward, "return": booking.return_leg}
    return sparse(
        BookingShape,
        id=booking.id,
        participant=booking.participant,
        **{key: None if leg is None else _leg(leg, day) for key, leg in legs.items()},
        party_size=booking.party_size,
        purpose=booking.purpose.value,
        regime=booking.regime.value,
        priority=booking.priority,
        required=booking.price_eur_cents is None,
        price_eur_cents=booking.price_eur_cents,
        requires=list(booking.requires),
        external_ref=booking.external_ref,
        participation_eur_cents=booking.participation_eur_cents,
        overrides=[_override(each, day) for each in booking.overrides],
    )


def _override(lifted: Override, day: ServiceDay) -> Data:
    return sparse(
        OverrideShape,
        reason=lifted.slug,
        motive=lifted.motive,
        by=lifted.by,
        at=instant(lifted.made_at, day),
    )


def _leg(leg: LegRequest, day: ServiceDay) -> Data:
    return sparse(
        LegShape,
        origin=leg.origin,
        destination=leg.destination,
        arrive_by=time(leg.arrive_by_s, day),
        not_before=time(leg.not_before_s, day),
        pickup_window=window(leg.pickup_window, day),
        dropoff_window=window(leg.dropoff_window, day),
        max_ride_s=leg.max_ride_s,
        boarding_s=leg.boarding_s,
        alighting_s=leg.alighting_s,
        pin=None if leg.pin is None else _pin(leg.pin, day),
    )


def _pin(pin: Pin, day: ServiceDay) -> Data:
    return sparse(
        PinShape,
        shift=pin.shift,
        pickup=time(pin.pickup_s, day),
        tolerance_s=pin.tolerance_s,
    )
