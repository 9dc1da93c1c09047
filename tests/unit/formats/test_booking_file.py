"""The file of one booking brings along whatever the day does not know yet."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.makers import CENTRE, at, five_legs
from tus_dispatch.domain.travel_source import EstimateSource
from tus_dispatch.errors import InputError
from tus_dispatch.formats.booking import load_booking

BOOKING = {
    "id": "R9",
    "participant": "P9",
    "outward": {"origin": "chez-dora", "destination": "centre", "arrive_by": "10:00"},
}
PERSON = {"id": "P9", "first_name": "Dora", "last_name": "Denis"}
HOME = {"id": "chez-dora", "name": "Domicile", "lat": 46.73, "lon": 2.41}


def written(folder: Path, **sections: object) -> Path:
    path = folder / "appel.json"
    path.write_text(json.dumps(sections), encoding="utf-8")
    return path


def test_a_new_person_and_a_new_home_come_with_the_booking(tmp_path: Path) -> None:
    day = replace(five_legs(), travel=EstimateSource())
    path = written(tmp_path, bookings=[BOOKING], participants=[PERSON], places=[HOME])

    extended, booking = load_booking(path, day)

    asked = extended.booking(booking).outward
    assert asked is not None
    assert (asked.destination, asked.arrive_by_s) == (CENTRE, at("10:00"))
    assert extended.participant(extended.booking(booking).participant).first_name == "Dora"
    assert extended.place(asked.origin).name == "Domicile"
    assert extended.bookings[:-1] == day.bookings
    assert replace(extended, bookings=(), participants=(), places=()) == replace(
        day, bookings=(), participants=(), places=()
    )


def test_a_person_who_is_known_already_is_not_brought_again(tmp_path: Path) -> None:
    day = replace(five_legs(), travel=EstimateSource())
    known = PERSON | {"id": "P1"}
    path = written(tmp_path, bookings=[BOOKING], participants=[PERSON, known], places=[HOME])

    with pytest.raises(InputError) as caught:
        load_booking(path, day)

    assert [problem.where for problem in caught.value.problems] == ["/participants/1/id"]


def test_a_table_of_times_knows_no_new_home(tmp_path: Path) -> None:
    path = written(tmp_path, bookings=[BOOKING], participants=[PERSON], places=[HOME])

    with pytest.raises(InputError) as caught:
        load_booking(path, five_legs())

    assert [problem.where for problem in caught.value.problems] == ["/travel/places"]
