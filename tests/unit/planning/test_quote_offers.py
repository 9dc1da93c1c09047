"""The few offers that are said differ clearly, and a quote reads the day only once."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    CENTRE,
    CHLOE_OUT,
    MOULIN,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tus_dispatch.domain.demand import Booking, LegRequest
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.offer import BookingOffer, Offer, Refusal
from tus_dispatch.domain.units import BookingId, ParticipantId
from tus_dispatch.planning import encode as encoding_module
from tus_dispatch.planning import places as places_module
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.offers import is_different
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.quote import quote_into
from tus_dispatch.planning.quote_booking import legs_asked, quote_booking
from tus_dispatch.planning.retime import without
from tus_dispatch.solver import insertion

NEW = BookingId("R9")


def offer_at(pickup: str, *, company: tuple[str, ...] = ()) -> Offer:
    """An offer on the minibus that differs in its times and company only."""
    tour_round = five_legs_plan().rounds[0]
    aboard = tuple(leg for leg in (BASILE_OUT, CHLOE_OUT) if leg in company)
    return Offer(ANNE_OUT, WITH_DRIVER, at(pickup), at(pickup) + 600, 0, 0, 0, aboard, tour_round)


def day_with(outward: LegRequest | None, back: LegRequest | None = None) -> OpenDay:
    """The five-leg day, and Anne asking for one more booking."""
    booking = Booking(NEW, ParticipantId("P1"), outward=outward, return_leg=back)
    plan = five_legs_plan()
    person = plan.scenario.participant(booking.participant)
    return open_day(with_booking(plan, booking, person), five_legs_matrix())


def offers_of(day: OpenDay, n_offers: int = 9) -> tuple[BookingOffer, ...]:
    answer = quote_booking(day, legs_asked(day.plan, NEW), n_offers=n_offers)
    assert not isinstance(answer, Refusal)
    return answer


def test_times_of_one_round_nearer_than_twenty_minutes_are_one_offer() -> None:
    assert not is_different(offer_at("09:19"), [offer_at("09:00")])
    assert is_different(offer_at("09:20"), [offer_at("09:00")])


def test_another_company_needs_another_time_too() -> None:
    alone, together = offer_at("09:04"), offer_at("09:00", company=(BASILE_OUT,))

    assert not is_different(alone, [together])
    assert is_different(offer_at("09:05"), [together])


def test_another_round_is_another_offer_at_the_same_time() -> None:
    other = replace(offer_at("09:00"), shift=OPEN)

    assert is_different(other, [offer_at("09:00")])


def test_a_long_window_gives_several_times_of_one_round() -> None:
    # Between 09:30 and 11:00 the minibus stands at the centre with nobody aboard.
    day = day_with(LegRequest(CENTRE, MOULIN, pickup_window=window("08:30", "12:30")))

    # At its kindest times the idle car alone has eight that differ.
    offers = offers_of(day, n_offers=12)

    on_minibus = sorted(
        offer.legs[0].pickup_s for offer in offers if offer.legs[0].shift == WITH_DRIVER
    )
    assert len(on_minibus) >= 2
    gaps_s = [b - a for a, b in pairwise(on_minibus)]
    assert min(gaps_s) >= 20 * 60
    assert [o.marginal_cost for o in offers] == sorted(o.marginal_cost for o in offers)


def test_outward_and_return_on_one_round_share_its_price() -> None:
    # On the car, whose break is from 11:30 to 11:50; the minibus is at the hamlet then.
    day = day_with(
        LegRequest(CENTRE, MOULIN, pickup_window=window("09:00", "09:30")),
        LegRequest(MOULIN, CENTRE, pickup_window=window("10:00", "10:30")),
    )

    offers = offers_of(day)

    on_car = next(each for each in offers if {leg.shift for leg in each.legs} == {OPEN})
    outward, back = on_car.legs
    assert outward.new_round == back.new_round
    assert on_car.new_rounds == (outward.new_round,)
    # The car stands at the centre anyway: 10 km out and 10 km back. The morning may
    # slip by the five minutes of tolerance, so the duty is that much shorter.
    assert (on_car.marginal_m, on_car.marginal_duty_s) == (20_000, -300)
    assert outward.marginal_m + back.marginal_m == 20_000


def test_a_return_without_room_takes_its_outward_leg_down_with_it() -> None:
    day = day_with(
        LegRequest(CENTRE, MOULIN, pickup_window=window("09:00", "09:30")),
        LegRequest(MOULIN, CENTRE, not_before_s=at("21:00")),
    )

    answer = quote_booking(day, legs_asked(day.plan, NEW))

    assert isinstance(answer, Refusal)
    assert (answer.leg, answer.relaxation) == ("R9:ret", "time-window")


def test_a_quote_scans_each_round_a_few_times_and_reads_nobody_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = without(five_legs_plan(), ANNE_RET, five_legs_matrix())
    assert plan is not None
    day = open_day(plan, five_legs_matrix())
    leg = next(each for each in legs_of(plan.scenario) if each.id == ANNE_RET)
    scans = []

    def counting_scan(*arguments: object, **options: object) -> int:
        scans.append(arguments[1])
        return real_scan(*arguments, **options)  # type: ignore[arg-type]

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the whole day was read for one quote")

    real_scan = insertion.scan
    monkeypatch.setattr(places_module, "scan", counting_scan)
    monkeypatch.setattr(encoding_module, "own_arrays", never)

    answer = quote_into(day, leg)

    assert not isinstance(answer, Refusal)
    # Two shifts, each once for its whole window and once for each half of it.
    assert len(scans) <= 2 * 3
