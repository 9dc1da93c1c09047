"""Whoever is erased is gone from the database, the paper on disk and the server's memory."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import asking, booked, offered
from tests.makers import five_legs
from tus_dispatch.desk.live.people import PAPER_KEPT, erase, export, forget_due
from tus_dispatch.desk.live.publishing import folder_of, publish
from tus_dispatch.domain.units import DriverId, ParticipantId
from tus_dispatch.errors import ConflictError, NotFoundError
from tus_dispatch.store import plans
from tus_dispatch.store.resources import DRIVERS, PARTICIPANTS, PLACES

CANARIES = {
    "first_name": "Zanzibarine",
    "last_name": "Xylophonard",
    "phone": "06 39 98 77 66",
    "note": "Sonnerieviolette",
}
DAY_S = 86_400


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def person(desk: Desk) -> str:
    """Somebody with an unusual name, carried by a driver with another on a published day."""
    made = desk.imported(five_legs())
    identity = made.participants[ParticipantId("P2")]
    with desk.office.database.write() as session:
        kept = PARTICIPANTS.get(session, desk.organisation, identity)
        PARTICIPANTS.change(
            session,
            desk.organisation,
            kept.id,
            kept.version,
            replace(
                kept.value,
                first_name=CANARIES["first_name"],
                last_name=CANARIES["last_name"],
                phone=CANARIES["phone"],
                note=CANARIES["note"],
            ),
            actor=None,
        )
        driver = DRIVERS.get(session, desk.organisation, made.drivers[DriverId("lea")])
        DRIVERS.change(
            session,
            desk.organisation,
            driver.id,
            driver.version,
            replace(driver.value, first_name="Quetzalcoatline"),
            actor=None,
        )
        for home in PLACES.all(session, desk.organisation, home_of=identity):
            PLACES.change(
                session,
                desk.organisation,
                home.id,
                home.version,
                replace(home.value, place=replace(home.value.place, address="9 rue Wombatine")),
                actor=None,
            )
    booked(desk, offered(desk, asking(made, "P2", "09:30", "11:00"))[0])
    with desk.office.database.read() as session:
        number = plans.pointer(session, desk.organisation, THE_DAY).current
    assert number is not None
    publish(desk.office, desk.dispatcher, THE_DAY, number)
    desk.clock.at += 3 * DAY_S
    return identity


def found_on_disk(folder: Path, words: list[str]) -> set[str]:
    """Return which words stand in any file of a folder."""
    texts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {word for word in words if any(word.encode() in text for text in texts)}


WORDS = [*CANARIES.values(), "Wombatine"]


def test_an_erased_participant_is_nowhere_on_the_disk(
    desk: Desk, person: str, tmp_path: Path
) -> None:
    assert found_on_disk(tmp_path, WORDS) == set(WORDS)

    erase(desk.office, desk.organisation, person, actor=desk.dispatcher)

    assert found_on_disk(tmp_path, WORDS) == set()
    papers = folder_of(desk.office, desk.organisation, THE_DAY)
    assert found_on_disk(papers, ["Quetzalcoatline"]) == {"Quetzalcoatline"}
    assert stat.S_IMODE(papers.stat().st_mode) == 0o700


def test_an_erased_driver_is_nowhere_on_the_disk(desk: Desk, person: str, tmp_path: Path) -> None:
    with desk.office.database.read() as session:
        (driver,) = DRIVERS.all(session, desk.organisation)
    assert found_on_disk(tmp_path, ["Quetzalcoatline"])

    erase(desk.office, desk.organisation, driver.id, ledger=tmp_path / "ledger")

    assert found_on_disk(tmp_path, ["Quetzalcoatline"]) == set()
    assert found_on_disk(tmp_path, WORDS) == set(WORDS)


def test_nobody_is_erased_who_is_still_booked(desk: Desk, person: str) -> None:
    desk.clock.at -= 3 * DAY_S

    with pytest.raises(ConflictError):
        erase(desk.office, desk.organisation, person)


def test_everything_about_a_person_is_handed_out(desk: Desk, person: str) -> None:
    with desk.office.database.read() as session:
        rows = export(session, desk.dispatcher, person)

    assert "Xylophonard" in str(rows)
    assert {"booking", "participant"} <= set(rows)


def test_a_stranger_is_not_handed_out(desk: Desk, person: str) -> None:
    stranger = desk.another()

    with desk.office.database.read() as session, pytest.raises(NotFoundError):
        export(session, stranger.dispatcher, person)


def test_retention_erases_who_had_no_contact_and_removes_old_paper(
    desk: Desk, person: str, tmp_path: Path
) -> None:
    early = forget_due(desk.office, desk.organisation)
    desk.clock.at += int(timedelta(days=2 * 366).total_seconds())

    late = forget_due(desk.office, desk.organisation)

    assert (early.people, early.folders) == ((), ())
    assert person in late.people
    assert late.folders == (THE_DAY,)
    assert timedelta(days=2 * 366) > PAPER_KEPT
    assert found_on_disk(tmp_path, WORDS) == set()
    with desk.office.database.read() as session:
        assert PARTICIPANTS.all(session, desk.organisation) == ()
