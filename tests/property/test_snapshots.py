"""A kept plan can be judged again for ever, and says nothing about anybody."""

from dataclasses import replace

from hypothesis import given, settings

from tests.strategies import Day, days
from tus_dispatch.desk.live.snapshots import Names, read_texts, texts_of, with_names
from tus_dispatch.domain.plan import Plan
from tus_dispatch.verify.plan import verify_plan

CANARY = "Zanzibar"


def names_of(plan: Plan) -> Names:
    scenario = plan.scenario
    return Names(
        places={each.id: each for each in scenario.places},
        participants={each.id: each for each in scenario.participants},
        drivers={each.id: each for each in scenario.drivers},
        travel=scenario.travel,
    )


def marked(plan: Plan) -> Plan:
    """Put a word nobody else uses into every field that may hold something personal."""
    scenario = plan.scenario
    word = (CANARY,)
    return replace(
        plan,
        scenario=replace(
            scenario,
            name=CANARY,
            note=CANARY,
            places=tuple(replace(each, name=CANARY, address=CANARY) for each in scenario.places),
            vehicles=tuple(
                replace(each, features=(*each.features, *word)) for each in scenario.vehicles
            ),
            drivers=tuple(
                replace(each, first_name=CANARY, last_name=CANARY, phone=CANARY)
                for each in scenario.drivers
            ),
            participants=tuple(
                replace(
                    each,
                    first_name=CANARY,
                    last_name=CANARY,
                    phone=CANARY,
                    note=CANARY,
                    requires=(*each.requires, *word),
                    referrals=tuple(replace(r, prescriber=CANARY) for r in each.referrals),
                )
                for each in scenario.participants
            ),
            bookings=tuple(
                replace(each, external_ref=CANARY, requires=(*each.requires, *word))
                for each in scenario.bookings
            ),
        ),
    )


@given(days())
@settings(max_examples=40)
def test_a_kept_plan_is_judged_as_it_was_when_it_was_kept(day: Day) -> None:
    _, matrix, plan = day

    kept = read_texts(texts_of(plan, matrix))

    assert verify_plan(kept.plan, kept.matrix) == ()
    assert kept.plan.rounds == plan.rounds
    assert kept.plan.promises == plan.promises
    assert kept.plan.unserved == plan.unserved
    assert kept.plan.cost == plan.cost


@given(days())
@settings(max_examples=20)
def test_a_fault_put_into_a_kept_plan_is_still_found(day: Day) -> None:
    _, matrix, plan = day
    kept = read_texts(texts_of(plan, matrix))
    tour_round = kept.plan.rounds[0]
    late = replace(tour_round.stops[1], start_s=tour_round.stops[1].start_s + 1)
    spoilt = replace(tour_round, stops=(tour_round.stops[0], late, *tour_round.stops[2:]))

    violations = verify_plan(
        replace(kept.plan, rounds=(spoilt, *kept.plan.rounds[1:])), kept.matrix
    )

    assert violations != ()


@given(days())
@settings(max_examples=20)
def test_nothing_personal_is_kept_with_a_plan(day: Day) -> None:
    _, matrix, plan = day
    told = marked(plan)

    texts = texts_of(told, matrix)

    assert CANARY not in texts.plan + texts.snapshot
    points = {
        str(value)
        for each in plan.scenario.places
        if each.point
        for value in (each.point.lat, each.point.lon)
    }
    assert not [point for point in points if point in texts.snapshot]


@given(days())
@settings(max_examples=20)
def test_names_and_places_come_back_as_they_are_called_now(day: Day) -> None:
    _, matrix, plan = day

    kept = with_names(read_texts(texts_of(plan, matrix)).plan, names_of(plan))

    assert kept.scenario.places == plan.scenario.places
    assert [(p.first_name, p.last_name, p.phone, p.note) for p in kept.scenario.participants] == [
        (p.first_name, p.last_name, p.phone, p.note) for p in plan.scenario.participants
    ]
    assert [(d.first_name, d.last_name, d.phone) for d in kept.scenario.drivers] == [
        (d.first_name, d.last_name, d.phone) for d in plan.scenario.drivers
    ]
    assert kept.scenario.travel == plan.scenario.travel


@given(days())
@settings(max_examples=10)
def test_who_was_erased_stays_nameless_in_every_old_plan(day: Day) -> None:
    _, matrix, plan = day

    kept = with_names(read_texts(texts_of(marked(plan), matrix)).plan, Names())

    assert CANARY not in repr(kept)
    assert {each.point for each in kept.scenario.places} == {None}
