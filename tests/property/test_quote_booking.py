"""An outward leg and its return are quoted together: sound, and refused only when nothing fits."""

from dataclasses import replace
from random import Random  # noqa: TID251 - seeded

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.exhaustive import Question, all_rounds, fits_somewhere, promises_of, with_round
from tests.property.test_quote import promised, taken_out
from tests.strategies import random_day
from tus_dispatch.domain.demand import Direction, Leg
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.offer import BookingOffer, Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.planning.quote_booking import fits_booking, quote_booking
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price
from tus_dispatch.verify.plan import verify_plan


class Pairs:
    """Every way to take two linked legs in, tried one by one."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, out: Leg, back: Leg) -> None:
        self.plan, self.matrix, self.out, self.back = plan, matrix, out, back
        self.promises = promises_of(plan)

    def question(self, leg: Leg, plan: Plan | None = None) -> Question:
        question = Question(plan or self.plan, self.matrix, self.promises, leg)
        question.legs.update({self.out.id: self.out, self.back.id: self.back, leg.id: leg})
        return question

    def fit(self, *, on_two_rounds: bool) -> bool:
        shifts = self.plan.scenario.shifts
        on_one = any(self._on_one(shift) for shift in shifts)
        return on_one or (on_two_rounds and self._on_two(shifts))

    def _on_one(self, shift: Shift) -> bool:
        return any(
            any(True for _ in all_rounds(self.question(second, longer), shift))
            for first, second in ((self.out, self.back), (self.back, self.out))
            for tour_round in all_rounds(self.question(first), shift)
            for longer in [with_round(self.plan, tour_round)]
        )

    def _on_two(self, shifts: tuple[Shift, ...]) -> bool:
        over = {shift.id: self._over_s(shift) for shift in shifts}
        return any(
            one.id != other.id and over_s is not None and self._returns(other, over_s)
            for one in shifts
            for over_s in [over[one.id]]
            for other in shifts
        )

    def _over_s(self, shift: Shift) -> int | None:
        """When the outward leg can be over at the soonest, by halving its window."""
        window = self.out.dropoff_window or TimeWindow(0, self.plan.scenario.day.length_s)
        low_s, high_s = window.earliest_s, window.latest_s
        if not self._out_by(shift, high_s):
            return None
        while low_s < high_s:
            middle_s = (low_s + high_s) // 2
            if self._out_by(shift, middle_s):
                high_s = middle_s
            else:
                low_s = middle_s + 1
        return low_s + self.out.alighting_s

    def _out_by(self, shift: Shift, latest_s: int) -> bool:
        earliest_s = self.out.dropoff_window.earliest_s if self.out.dropoff_window else 0
        sooner = replace(self.out, dropoff_window=TimeWindow(earliest_s, latest_s), partner=None)
        return any(True for _ in all_rounds(self.question(sooner), shift))

    def _returns(self, shift: Shift, over_s: int) -> bool:
        window = self.back.pickup_window or TimeWindow(0, self.plan.scenario.day.length_s)
        if over_s > window.latest_s:
            return False
        later = TimeWindow(max(over_s, window.earliest_s), window.latest_s)
        leg = replace(self.back, pickup_window=later, partner=None)
        return any(True for _ in all_rounds(self.question(leg), shift))


def expect_sound(plan: Plan, matrix: TravelMatrix, offer: BookingOffer) -> None:
    after = plan
    for tour_round in offer.new_rounds:
        after = with_round(after, tour_round)
    taken = {each.leg for each in offer.legs}
    left_out = tuple(each for each in plan.unserved if each.leg not in taken)
    before_cost = price(open_case(replace(plan, unserved=()), matrix))
    after = replace(after, unserved=left_out)
    sound = replace(after, cost=price(open_case(after, matrix)))

    assert verify_plan(sound, matrix) == ()
    assert offer.marginal_cost == sound.cost.total - sound.cost.unserved - before_cost.total
    metres = [sum(s.drive_m for r in each.rounds for s in r.stops) for each in (plan, after)]
    assert offer.marginal_m == metres[1] - metres[0]


def pair_asked(seed: int) -> tuple[Plan, TravelMatrix, Leg, Leg]:
    """The first day from a seed on with two linked legs that its plan can do without."""
    for number in range(seed, seed + 1000):
        rng = Random(number)  # noqa: S311
        scenario, matrix, whole = random_day(rng, n_legs=rng.randint(2, 6), n_shifts=2)
        legs = {leg.id: leg for leg in legs_of(scenario)}
        for out in legs.values():
            if out.partner is None or out.direction is Direction.RETURN:
                continue
            half = taken_out(whole, out.id, matrix)
            shorter = None if half is None else taken_out(half, out.partner, matrix)
            if shorter is not None:
                return promised(shorter), matrix, out, legs[out.partner]
    raise AssertionError("no linked legs in a thousand days")


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_pair_is_offered_soundly_and_refused_only_when_nothing_fits(seed: int) -> None:
    plan, matrix, out, back = pair_asked(seed)

    day_now = open_day(plan, matrix)
    answer = quote_booking(day_now, (out, back))

    assert fits_booking(day_now, (out, back)) == (not isinstance(answer, Refusal))
    if isinstance(answer, Refusal):
        event(f"refused: {answer.reason.slug}")
        # Other linked legs between two rounds that both change are kept apart halfway.
        assert not Pairs(plan, matrix, out, back).fit(on_two_rounds=not day_now.links)
        alone = [
            fits_somewhere(Question(plan, matrix, promises_of(plan), replace(leg, partner=None)))
            for leg in (out, back)
        ]
        assert (answer.reason.slug == "linked-leg") == all(alone)
        return
    rounds = {len(offer.new_rounds) for offer in answer}
    event(f"offered on {sorted(rounds)} rounds")
    assert list(answer) == sorted(answer, key=lambda offer: offer.marginal_cost)
    for offer in answer:
        assert [each.leg for each in offer.legs] == [out.id, back.id]
        expect_sound(plan, matrix, offer)
