"""Slots and absences become pauses inside a shift's hours, one after the other."""

from dataclasses import replace

import pytest

from tests.makers import BOURG, CENTRE, GARAGE, five_legs, window
from tus_dispatch.domain.fleet import (
    Absence,
    AbsenceReason,
    BreakRule,
    ProtectedSlot,
    Shift,
    SlotKind,
)
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.pauses import Pause, pauses_of

Told = tuple[StopKind, PlaceId | None, str, str]


def day(*, slots: tuple[ProtectedSlot, ...] = (), absences: tuple[Absence, ...] = ()) -> Scenario:
    """The minibus alone: 07:30 or later until 13:00 at the latest."""
    scenario = five_legs()
    minibus, car = scenario.vehicles
    (lea,) = scenario.drivers
    return replace(
        scenario,
        vehicles=(replace(minibus, absences=absences), car),
        drivers=(replace(lea, protected_slots=slots),),
        shifts=scenario.shifts[:1],
    )


def slot(start: str, end: str, place: PlaceId | None = None) -> ProtectedSlot:
    return ProtectedSlot(window(start, end), SlotKind.TRAINING, place)


def away(start: str, end: str) -> Absence:
    return Absence(window(start, end), AbsenceReason.WORKSHOP)


def told(scenario: Scenario) -> list[Told]:
    clock = scenario.day.clock
    return [
        (
            pause.kind,
            pause.place,
            clock(pause.window.earliest_s),
            clock(pause.window.earliest_s + pause.duration_s),
        )
        for pause in pauses_of(scenario)
    ]


PROTECTED, ABSENCE = StopKind.PROTECTED, StopKind.ABSENCE


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (("08:00", "09:00"), ("08:00", "09:00")),
        # The widest hours are 07:30 to 13:00.
        (("06:00", "09:00"), ("07:30", "09:00")),
        (("12:00", "15:00"), ("12:00", "13:00")),
        (("06:00", "15:00"), ("07:30", "13:00")),
        (("06:00", "07:30"), None),
        (("13:00", "15:00"), None),
        (("15:00", "16:00"), None),
        (("09:00", "09:00"), None),
    ],
)
def test_a_slot_is_cut_to_the_widest_hours(
    asked: tuple[str, str], kept: tuple[str, str] | None
) -> None:
    expected = [] if kept is None else [(PROTECTED, BOURG, *kept)]

    assert told(day(slots=(slot(*asked, BOURG),))) == expected


def test_an_absent_vehicle_stands_at_its_depot() -> None:
    assert told(day(absences=(away("08:00", "09:00"),))) == [(ABSENCE, GARAGE, "08:00", "09:00")]


def test_a_fixed_pause_starts_to_the_second() -> None:
    (pause,) = pauses_of(day(slots=(slot("08:00", "09:00"),)))

    assert pause.window.earliest_s == pause.window.latest_s
    assert (pause.vehicle, pause.place) == (0, None)


def test_of_two_that_overlap_the_later_begins_when_the_earlier_ends() -> None:
    found = told(day(slots=(slot("08:00", "10:00", CENTRE), slot("09:30", "11:00", CENTRE))))

    assert found == [
        (PROTECTED, CENTRE, "08:00", "10:00"),
        (PROTECTED, CENTRE, "10:00", "11:00"),
    ]


def test_one_inside_another_leaves_no_pause_of_its_own() -> None:
    found = told(day(slots=(slot("08:00", "10:00", CENTRE), slot("08:30", "09:00", CENTRE))))

    assert found == [(PROTECTED, CENTRE, "08:00", "10:00")]


@pytest.mark.parametrize(
    ("training", "workshop"),
    [(("08:00", "10:00"), ("09:00", "11:00")), (("09:00", "11:00"), ("08:00", "10:00"))],
)
def test_nobody_drives_between_two_that_overlap(
    training: tuple[str, str], workshop: tuple[str, str]
) -> None:
    # The training may be anywhere, the workshop has the minibus at the garage.
    found = told(day(slots=(slot(*training),), absences=(away(*workshop),)))

    assert {place for _, place, _, _ in found} == {GARAGE}
    assert [(start, end) for _, _, start, end in found] == [("08:00", "10:00"), ("10:00", "11:00")]


def test_two_that_only_touch_keep_their_places() -> None:
    found = told(day(slots=(slot("08:00", "09:00", BOURG), slot("09:00", "10:00", CENTRE))))

    assert [place for _, place, _, _ in found] == [BOURG, CENTRE]


def with_break(shift: Shift, rule: BreakRule) -> Shift:
    return replace(shift, break_rule=rule)


def test_a_break_comes_last_and_stands_anywhere_in_its_window() -> None:
    scenario = day(slots=(slot("08:00", "09:00"),))
    at_noon = window("11:30", "13:30")
    noon = BreakRule(1800, 0, at_noon)
    both = replace(scenario, shifts=tuple(with_break(each, noon) for each in scenario.shifts))
    free = replace(
        scenario, shifts=tuple(with_break(each, BreakRule()) for each in scenario.shifts)
    )

    assert pauses_of(both)[1:] == (Pause(0, StopKind.BREAK, None, at_noon, 1800),)
    assert pauses_of(free)[1].window == TimeWindow(0, 24 * 3600)


def test_an_open_shift_has_no_slots_and_each_shift_its_own_pauses() -> None:
    scenario = five_legs()
    minibus, car = scenario.vehicles
    absent = replace(car, absences=(away("10:00", "11:00"),))
    scenario = replace(scenario, vehicles=(minibus, absent))

    found = pauses_of(scenario)

    assert [(pause.vehicle, pause.kind) for pause in found] == [
        (1, StopKind.ABSENCE),
        (1, StopKind.BREAK),
    ]
