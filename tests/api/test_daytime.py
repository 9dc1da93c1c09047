"""The middle of a day by HTTP: measured, offered, proposed, collected, released."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.story import Body, Day
from tests.api.town import DAY, PRESCRIBER, Caller, Town, add_account
from tus_dispatch.domain.organisation import Role


def told(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status_code, answer.json()["code"]


class Noon(Day):
    """A day whose round goes on until four, with one promise in the morning.

    Attributes
    ----------
    booked
        The promised booking.
    """

    def __init__(self, office: Caller) -> None:
        super().__init__(office)
        self.booked = office.make("/v1/bookings", {"offer": self.offer()["id"]})

    def _place(self, name: str, lat: float, lon: float) -> str:
        body = {"name": name, "lat": lat, "lon": lon, "insee": "18197"}
        return str(self.office.make("/v1/places", body)["id"])

    def _shift(self) -> Body:
        return super()._shift() | {"end": {"earliest": "16:00", "latest": "16:00"}}

    def flexible(self, who: str | None = None, **more: object) -> str:
        """Keep a trip whose hour is open."""
        body = {
            "participant": who or self.bob,
            "home": self.home,
            "place": self.town,
            "windows": [{"earliest": "11:30", "latest": "15:00"}],
            "purpose": "medical",
        }
        return str(self.office.make("/v1/flexible-bookings", body | more)["id"])

    def event(self, capacity: int = 8) -> str:
        """Keep a workshop."""
        body = {
            "service_date": DAY,
            "name": "Atelier cuisine",
            "kind": "workshop",
            "place": self.town,
            "from": "12:00",
            "until": "13:30",
            "capacity": capacity,
        }
        return str(self.office.make("/v1/group-events", body)["id"])

    def plan(self) -> Body:
        """Return the current plan."""
        found: Body = self.office.get(f"/v1/days/{DAY}").json()["plan"]
        return found


@pytest.fixture
def noon(town: Town) -> Noon:
    """A day with one promise."""
    return Noon(town.caller(Role.DISPATCHER))


def test_the_three_idlenesses_of_a_plan_are_measured(noon: Noon) -> None:
    idle = noon.office.get(f"/v1/days/{DAY}/idle").json()

    (tour_round,) = idle["measured"]["rounds"]
    assert idle["counterfactual"] is None
    assert tour_round["shift"] == noon.shift
    assert 0 < idle["measured"]["paid_idle_midday_s"] <= idle["measured"]["paid_midday_s"]
    assert 0 < idle["measured"]["paid_idle_rate_midday"] <= 1
    assert idle["measured"]["legs"] == 2


def test_a_day_without_a_plan_has_no_idle_time_to_measure(day_only: Day) -> None:
    assert told(day_only.office.get(f"/v1/days/{DAY}/idle")) == (409, "TUS-5109")


@pytest.fixture
def day_only(town: Town) -> Day:
    """A day nobody has planned."""
    return Day(town.caller(Role.DISPATCHER))


def test_idle_time_is_compared_with_the_day_filled_and_nothing_is_kept(noon: Noon) -> None:
    flexible = noon.flexible()
    before = noon.plan()

    compared = noon.office.get(f"/v1/days/{DAY}/idle?counterfactual=true").json()

    told_of = compared["counterfactual"]
    assert told_of["served"] == [flexible]
    assert told_of["gain"]["legs_gained"] == 2
    assert told_of["gain"]["paid_idle_min_saved"] > 0
    assert told_of["filled"]["largest_move_s"] <= 300
    assert noon.plan() == before


def test_a_flexible_booking_is_proposed_confirmed_and_promised(noon: Noon) -> None:
    flexible = noon.flexible()
    path = f"/v1/flexible-bookings/{flexible}"

    (proposal,) = noon.office.send("POST", f"{path}/proposals", {"dates": [DAY]}).json()[
        "proposals"
    ]
    made = noon.office.make(f"{path}/confirm", {"proposal": proposal["id"]})

    assert [each["status"] for each in made["legs"]] == ["booked", "booked"]
    assert noon.office.get(path).json()["booking"] == made["id"]
    promised = {each["leg"] for each in noon.plan()["promises"]}
    assert {f"{made['id']}:out", f"{made['id']}:ret", f"{noon.booked['id']}:out"} <= promised


def test_a_flexible_booking_is_confirmed_once(noon: Noon) -> None:
    path = f"/v1/flexible-bookings/{noon.flexible()}"
    (proposal,) = noon.office.send("POST", f"{path}/proposals", {"dates": [DAY]}).json()[
        "proposals"
    ]
    body, key = {"proposal": proposal["id"]}, str(uuid4())

    first, again = (
        noon.office.send("POST", f"{path}/confirm", body, Idempotency_Key=key) for _ in range(2)
    )
    other = noon.office.send("POST", f"{path}/confirm", body)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert told(other) == (409, "TUS-5112")
    assert len(noon.office.get(f"/v1/bookings?participant={noon.bob}").json()["items"]) == 1


def test_a_proposal_of_somebody_else_is_not_there(noon: Noon) -> None:
    mine, theirs = noon.flexible(), noon.flexible(noon.awa)
    (proposal,) = noon.office.send(
        "POST", f"/v1/flexible-bookings/{mine}/proposals", {"dates": [DAY]}
    ).json()["proposals"]

    answer = noon.office.send(
        "POST", f"/v1/flexible-bookings/{theirs}/confirm", {"proposal": proposal["id"]}
    )

    assert told(answer) == (404, "TUS-5003")


def test_a_day_that_does_not_suit_is_told_with_its_reason(noon: Noon) -> None:
    flexible = noon.flexible(dates=["2026-03-30"])

    answer = noon.office.send(
        "POST", f"/v1/flexible-bookings/{flexible}/proposals", {"dates": [DAY]}
    ).json()

    assert answer["proposals"] == []
    assert [each["code"] for each in answer["refused"]] == ["TUS-3301"]


def test_a_group_is_collected_out_and_back_within_the_capacity(noon: Noon) -> None:
    event = noon.event(capacity=1)
    for who in (noon.bob, noon.awa):
        noon.office.make("/v1/attendances", {"event": event, "participant": who, "home": noon.home})

    collected = noon.office.make(f"/v1/group-events/{event}/collect", {})

    (booking,) = collected["bookings"]
    (waiting,) = collected["left_out"]
    assert [each["direction"] for each in booking["legs"]] == ["out", "ret"]
    assert {booking["participant"], waiting["source"]} == {noon.bob, noon.awa}
    assert waiting["sentence"]
    promised = {each["leg"] for each in noon.plan()["promises"]}
    assert {f"{booking['id']}:out", f"{booking['id']}:ret"} <= promised
    kept = noon.office.get(f"/v1/attendances?event={event}").json()["items"]
    assert [each["booking"] for each in kept if each["booking"]] == [booking["id"]]


def test_who_is_collected_already_takes_up_room(noon: Noon) -> None:
    event = noon.event(capacity=1)
    noon.office.make(
        "/v1/attendances", {"event": event, "participant": noon.bob, "home": noon.home}
    )
    noon.office.make(f"/v1/group-events/{event}/collect", {})
    noon.office.make(
        "/v1/attendances", {"event": event, "participant": noon.awa, "home": noon.home}
    )

    collected = noon.office.make(f"/v1/group-events/{event}/collect", {})

    assert collected["bookings"] == []
    assert [each["source"] for each in collected["left_out"]] == [noon.awa]


def test_the_same_person_enrols_once(noon: Noon) -> None:
    body = {"event": noon.event(), "participant": noon.bob, "home": noon.home}
    noon.office.make("/v1/attendances", body)

    assert told(noon.office.send("POST", "/v1/attendances", body)) == (409, "TUS-5007")


def _hold(noon: Noon, caller: Caller, seats: int = 2) -> Body:
    path = f"/v1/slot-offers?service_date={DAY}&place={noon.town}"
    offer = max(caller.get(path).json()["items"], key=lambda each: each["seats"])
    body = {
        "service_date": DAY,
        "place": noon.town,
        "sector": offer["sector"]["insee"],
        "slot_from": offer["slot_from"],
        "seats": seats,
        "lasts_s": 1800,
    }
    return caller.make("/v1/slot-offers", body)


def test_slot_offers_name_nobody_and_count_what_is_held(noon: Noon) -> None:
    path = f"/v1/slot-offers?service_date={DAY}&place={noon.town}"
    before = noon.office.get(path)

    held = _hold(noon, noon.office)

    assert "Awa" not in before.text
    assert noon.home not in before.text
    slot = held["offer"]["slot_from"]
    (was,) = (each for each in before.json()["items"] if each["slot_from"] == slot)
    left = [
        each["seats"] for each in noon.office.get(path).json()["items"] if each["slot_from"] == slot
    ]
    assert left == ([was["seats"] - 2] if was["seats"] > 2 else [])


def test_somebody_is_booked_inside_held_seats(noon: Noon) -> None:
    path = f"/v1/slot-offers/{_hold(noon, noon.office)['id']}"

    made = noon.office.make(f"{path}/bookings", {"participant": noon.bob, "home": noon.home})

    held = noon.office.get(path).json()
    assert {each["status"] for each in made["legs"]} == {"booked"}
    assert held["bookings"] == [made["id"]]
    assert held["seats"] == 1
    assert f"{made['id']}:out" in {each["leg"] for each in noon.plan()["promises"]}


def test_more_people_than_held_seats_are_refused(noon: Noon) -> None:
    path = f"/v1/slot-offers/{_hold(noon, noon.office)['id']}/bookings"
    body = {"participant": noon.bob, "home": noon.home, "party_size": 3}

    assert told(noon.office.send("POST", path, body)) == (422, "TUS-3315")


def test_a_hold_is_over_after_its_time(town: Town, noon: Noon) -> None:
    path = f"/v1/slot-offers/{_hold(noon, noon.office)['id']}/bookings"
    town.clock.at += 1800

    answer = noon.office.send("POST", path, {"participant": noon.bob, "home": noon.home})

    assert told(answer) == (422, "TUS-3311")


def test_seats_given_back_are_free_again(noon: Noon) -> None:
    held = _hold(noon, noon.office)
    path = f"/v1/slot-offers/{held['id']}"

    released = noon.office.send("DELETE", path, If_Match='"1"')

    assert released.status_code == 204
    assert told(noon.office.get(path)) == (404, "TUS-5003")


def test_a_prescriber_reaches_the_own_holds_only(town: Town, noon: Noon) -> None:
    first = town.caller(Role.PRESCRIBER)
    second = Caller(first.http, add_account(town, Role.PRESCRIBER, f"{PRESCRIBER} de Bourges"))
    path = f"/v1/slot-offers/{_hold(noon, first)['id']}"

    assert first.get(path).status_code == 200
    assert told(second.get(path)) == (404, "TUS-5003")
    body = {"participant": noon.bob, "home": noon.home}
    assert told(first.send("POST", f"{path}/bookings", body)) == (404, "TUS-5003")


def _use(noon: Noon, state: str, start: str, until: str, **more: object) -> Any:
    body = {"vehicle": noon.vehicle, "state": state, "from": start, "until": until} | more
    return noon.office.send("POST", "/v1/vehicle-calendar", body)


def test_a_rental_needs_a_referral_that_covers_it_and_ends_after_sixty_days(
    town: Town, noon: Noon
) -> None:
    start, until = "2026-05-04T08:00:00+02:00", "2026-06-15T08:00:00+02:00"
    late = "2026-07-04T08:00:00+02:00"

    without = _use(noon, "rented", start, until, participant=noon.bob)
    town.caller(Role.COORDINATOR).make(
        "/v1/referrals", {"participant": noon.bob, "starts_on": "2026-01-05", "prescriber": "PMI"}
    )
    too_long = _use(noon, "rented", start, late, participant=noon.bob)
    granted = _use(noon, "rented", start, until, participant=noon.bob)
    twice = _use(noon, "school", start, until)

    assert told(without) == (422, "TUS-2902")
    assert told(too_long) == (422, "TUS-2903")
    assert granted.status_code == 201, granted.text
    assert told(twice) == (409, "TUS-5301")


def test_goods_for_hire_are_refused(noon: Noon) -> None:
    answer = _use(noon, "goods_for_hire", "2026-05-04T08:00:00+02:00", "2026-05-04T12:00:00+02:00")

    assert told(answer) == (422, "TUS-2901")
    assert "marchandises" in answer.json()["detail"]


def test_a_vehicle_nobody_needs_is_released_and_one_on_its_round_is_not(noon: Noon) -> None:
    free = noon.office.get(f"/v1/days/{DAY}/free-vehicles").json()["items"]
    window = max(free, key=lambda each: each["until"])

    driving = _use(noon, "school", f"{DAY}T08:00:00+01:00", f"{DAY}T12:00:00+01:00")
    granted = _use(noon, "school", window["from"], window["until"])

    after = noon.office.get(f"/v1/days/{DAY}/free-vehicles").json()["items"]
    assert told(driving) == (409, "TUS-5302")
    assert granted.status_code == 201, granted.text
    assert window not in after


def test_protected_time_is_placed_and_hard_from_then_on(noon: Noon) -> None:
    target = noon.office.make(
        "/v1/protected-targets",
        {"service_date": DAY, "driver": noon.driver, "kind": "training", "target_s": 3600},
    )

    placed = noon.office.make(f"/v1/days/{DAY}/protected-slots", {})

    (slot,) = placed["slots"]
    assert placed["missing"] == []
    times = noon.office.get(f"/v1/driver-times?driver={noon.driver}").json()["items"]
    assert times == [slot]
    assert slot["slot"] == "training"
    read = noon.office.get(f"/v1/protected-targets/{target['id']}").json()
    assert read["is_placed"]
    again = noon.office.make(f"/v1/days/{DAY}/protected-slots", {})
    assert again == {"slots": [], "missing": []}


def test_patterns_of_driver_days_are_compared_on_the_demand_of_the_day(noon: Noon) -> None:
    body = {"service_date": DAY, "time_limit_s": 1}

    answer = noon.office.send("POST", "/v1/roster/compare", body)

    assert answer.status_code == 200, answer.text
    rows = answer.json()["patterns"]
    assert {"two_crews", "medium_days"} <= {each["key"] for each in rows}
    assert {each["n_asked"] for each in rows} == {2}
    assert max(each["n_served"] for each in rows) == 2
    assert all(each["paid_s"] > 0 for each in rows if each["n_served"])
