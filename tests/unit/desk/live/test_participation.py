"""What is asked for a leg: agreed, by the law's tariff, or per kilometre, and below the cap."""

from datetime import date

import pytest

from tus_dispatch.desk.live.participation import participation
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.law import Law
from tus_dispatch.domain.organisation import Organisation
from tus_dispatch.domain.scenario import Territory
from tus_dispatch.domain.units import BookingId, ParticipantId

DAY = date(2026, 3, 10)


def asked(
    metres: int, *, per_km: int = 0, law: Law | None = None, agreed: int | None = None
) -> int:
    booking = Booking(BookingId("B"), ParticipantId("P"), participation_eur_cents=agreed)
    settings = Organisation("Essai", Territory("Essai"), participation_per_km=per_km, law=law)
    return participation(booking, metres, settings, DAY)


@pytest.mark.parametrize(
    ("per_km", "law", "agreed", "cents"),
    [
        # 12.5 km at nothing, at 25 cents, and at 40 where the cap is 32.
        (0, None, None, 0),
        (25_000, None, None, 312),
        (40_000, None, None, 400),
        # The tariff of the law goes before, and is capped as well.
        (25_000, Law(tariff_eur_cents_per_km=10), None, 125),
        (25_000, Law(tariff_eur_cents_per_km=50), None, 400),
        (25_000, Law(tariff_eur_cents_per_km=0), None, 0),
        # A law without a tariff leaves what the association asks.
        (25_000, Law(), None, 312),
        # What was agreed for the booking goes first.
        (25_000, Law(tariff_eur_cents_per_km=10), 90, 90),
    ],
)
def test_a_leg_costs_what_was_agreed_or_the_tariff_below_the_cap(
    per_km: int, law: Law | None, agreed: int | None, cents: int
) -> None:
    assert asked(12_500, per_km=per_km, law=law, agreed=agreed) == cents
