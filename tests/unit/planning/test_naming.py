"""Who drives an open shift, what it is worth, and how much of a band is used."""

from dataclasses import replace

from tests.makers import CHLOE_OUT, OPEN, at, five_legs_matrix, five_legs_plan, window
from tus_dispatch.desk.planning_a_file import with_crews_told
from tus_dispatch.domain.fleet import Driver, ProtectedSlot, SlotKind
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.units import DriverId, ParticipantId
from tus_dispatch.domain.working_time import Enforcement, WorkingTime, WorkSpan
from tus_dispatch.planning.encode import encode
from tus_dispatch.planning.hours.crews import with_crews
from tus_dispatch.verify.plan import verify_plan

HOUR_S = 3600
WEEK_S = 26 * HOUR_S


def plan_with(*drivers: Driver, **changes: object) -> Plan:
    """The five-leg day with more drivers, under a law that only flags."""
    plan = five_legs_plan()
    scenario = replace(
        plan.scenario,
        drivers=(*plan.scenario.drivers, *drivers),
        working_time=WorkingTime(Enforcement.FLAGGED),
    )
    return replace(plan, scenario=replace(scenario, **changes))  # type: ignore[arg-type]


def driver(name: str, **changes: object) -> Driver:
    one = Driver(DriverId(name), first_name=name.title(), contract_week_s=WEEK_S)
    return replace(one, **changes)  # type: ignore[arg-type]


def named(plan: Plan) -> str | None:
    return next(each.driver for each in with_crews(plan).rounds if each.shift == OPEN)


def test_a_day_without_the_law_names_nobody() -> None:
    plan = plan_with(driver("zoe"), working_time=None)

    assert with_crews(plan) is plan


def test_the_only_free_driver_is_named_and_the_judge_agrees() -> None:
    found = with_crews(plan_with(driver("zoe")))

    assert [each.driver for each in found.rounds] == ["lea", "zoe"]
    assert verify_plan(found, five_legs_matrix()) == ()


def test_a_driver_who_slept_too_little_is_not_named() -> None:
    # The open round begins at 08:00; ten hours and 59 minutes before is 21:01.
    begins_at = five_legs_plan().scenario.day.start_at + at("08:00")
    tired = driver("zoe", last_duty_end_at=begins_at - 11 * HOUR_S + 60)

    assert named(plan_with(tired)) is None


def test_a_driver_in_training_at_that_time_is_not_named() -> None:
    slot = ProtectedSlot(window("12:00", "12:30"), SlotKind.TRAINING)

    assert named(plan_with(driver("zoe", protected_slots=(slot,)))) is None


def test_the_driver_further_behind_the_contract_is_named() -> None:
    # On a Tuesday two fifths of 26 hours are due: ten hours and 24 minutes.
    ahead = driver("ahead", worked_week_s=9 * HOUR_S)
    behind = driver("behind", worked_week_s=3 * HOUR_S)

    assert named(plan_with(ahead, behind)) == "behind"
    assert named(plan_with(behind, ahead)) == "behind"


def test_early_starts_are_taken_in_turns() -> None:
    plan = five_legs_plan()
    early = replace(
        plan.rounds[1],
        stops=tuple(
            replace(
                stop,
                arrival_s=stop.arrival_s - at("06:30"),
                start_s=stop.start_s - at("06:30"),
                departure_s=stop.departure_s - at("06:30"),
            )
            for stop in plan.rounds[1].stops
        ),
    )
    start_at = plan.scenario.day.start_at
    # Both have worked two hours on each of two days, one of them from 05:00 on.
    often = tuple(
        WorkSpan(start_at - days * 86_400 + 3600, start_at - days * 86_400 + 3 * 3600)
        for days in (14, 13)
    )
    rarely = tuple(WorkSpan(s.start_at + 4 * 3600, s.end_at + 4 * 3600) for s in often)
    tired, fresh = driver("often", past_work=often), driver("rarely", past_work=rarely)

    found = with_crews(replace(plan_with(tired, fresh), rounds=(plan.rounds[0], early)))

    assert found.rounds[1].driver == "rarely"


def test_a_regular_driver_is_named_where_all_else_is_equal() -> None:
    people = tuple(
        replace(each, regular_driver=DriverId("usual")) if each.id == ParticipantId("P3") else each
        for each in five_legs_plan().scenario.participants
    )

    plan = plan_with(driver("other"), driver("usual"), participants=people)

    assert CHLOE_OUT in {stop.leg for stop in plan.rounds[1].stops}
    assert named(plan) == "usual"


def test_a_duty_uses_more_of_its_band_while_week_and_month_are_behind() -> None:
    zoe = driver("zoe", past_weeks_s=(20 * HOUR_S,) * 3)

    found = with_crews(plan_with(zoe))

    # Ten hours and 24 minutes are due. The car's shift may end until 17:00 and begin from 07:00
    # on, but its break at 11:30 comes four hours after sign-on at the latest.
    assert found.rounds[1].stops[0].start_s == at("07:30")
    assert found.rounds[1].stops[-1].start_s == at("17:00")
    assert found.cost.duty > five_legs_plan().cost.duty
    assert verify_plan(found, five_legs_matrix()) == ()


def test_a_duty_that_grows_leaves_the_break_before_a_training() -> None:
    slot = ProtectedSlot(window("14:00", "15:30"), SlotKind.TRAINING)
    zoe = driver("zoe", past_weeks_s=(20 * HOUR_S,) * 3, protected_slots=(slot,))
    plan = plan_with(zoe)
    shifts = tuple(
        replace(each, break_rule=None) if each.id == OPEN else each for each in plan.scenario.shifts
    )
    without = tuple(stop for stop in plan.rounds[1].stops if stop.kind is not StopKind.BREAK)
    plan = replace(
        plan,
        scenario=replace(plan.scenario, shifts=shifts),
        rounds=(plan.rounds[0], replace(plan.rounds[1], stops=without)),
    )
    before = plan.rounds[1].stops

    found = with_crews(plan)

    # Six hours and more with the training: twenty minutes between the two are its break.
    stops = found.rounds[1].stops
    assert found.rounds[1].driver == "zoe"
    assert before[-1].departure_s < stops[-1].departure_s == at("13:40")
    assert before[0].start_s > stops[0].start_s
    assert not [each for each in verify_plan(found, five_legs_matrix()) if "2202" in each.code]


def test_nothing_is_changed_silently() -> None:
    zoe = driver("zoe", past_weeks_s=(20 * HOUR_S,) * 3)
    plan = plan_with(zoe)
    encoding = encode(plan.scenario, legs_of(plan.scenario), five_legs_matrix())

    told = with_crews_told(plan, encoding)

    sentences = {flag.reason.slug: flag.reason.sentence for flag in told.flags}
    assert sentences["driver-named"] == (
        "la vacation est proposée à Zoe, de 07:30 à 17:00 ; à confirmer avec elle ou lui."
    )
    assert sentences["hours-used"] == (
        "pour approcher les heures du contrat de Zoe, la vacation est "
        "prolongée de 4 h 07 dans ses horaires, de 07:30 à 17:00."
    )


def test_an_unlawful_duty_is_told_where_nothing_enforces_the_law() -> None:
    plan = five_legs_plan()
    lea = replace(plan.scenario.drivers[0], last_duty_end_at=plan.scenario.day.start_at)
    scenario = replace(plan.scenario, drivers=(lea,))
    encoding = encode(scenario, legs_of(scenario), five_legs_matrix())

    told = with_crews_told(replace(plan, scenario=scenario), encoding)

    assert [(flag.where, flag.reason.code) for flag in told.flags] == [
        ("minibus-matin", "TUS-2203")
    ]
    assert verify_plan(told, five_legs_matrix()) == ()
