"""Records are versioned, owned, listed in pages, and each change leaves its event."""

from dataclasses import replace
from datetime import date

import pytest

from tests.kept import DAY, NOW_AT, World, add_booking, add_place, booking_of, make_world
from tus_dispatch.domain.demand import Participant, Referral
from tus_dispatch.domain.roster import (
    DriverTime,
    KeptReferral,
    ShiftRule,
    VehicleState,
    VehicleUse,
    WallBand,
)
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId, VehicleId
from tus_dispatch.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    StaleVersionError,
)
from tus_dispatch.store import events
from tus_dispatch.store.plans import pointer
from tus_dispatch.store.resources import (
    BOOKINGS,
    DRIVER_TIMES,
    PARTICIPANTS,
    PLACES,
    REFERRALS,
    SHIFT_RULES,
    VEHICLE_USES,
    referrals_of,
)
from tus_dispatch.store.session import Database

HOUR_S = 3600


def rental(world: World, from_at: int, until_at: int) -> VehicleUse:
    vehicle = VehicleId(world.vehicle.id)
    return VehicleUse(vehicle, VehicleState.RENTED, from_at, until_at, ParticipantId(world.anne.id))


def weekly(world: World) -> ShiftRule:
    gare = PlaceId(world.gare.id)
    return ShiftRule(
        "Matin",
        VehicleId(world.vehicle.id),
        DriverId(world.driver.id),
        WallBand("06:30", "07:00"),
        WallBand("12:00", "12:00"),
        gare,
        gare,
        weekdays=(0, 1, 2, 3, 4),
    )


def test_a_new_record_has_version_one_and_an_identity_of_its_own(
    database: Database, world: World
) -> None:
    with database.read() as session:
        found = PARTICIPANTS.get(session, world.organisation, world.anne.id)

    assert found == world.anne
    assert (found.version, found.created_at) == (1, NOW_AT)
    assert found.value.id == found.id
    assert found.id.startswith("prt_")
    assert len(found.id) == 30


def test_a_change_on_the_version_that_was_read_is_kept(database: Database, world: World) -> None:
    value = replace(world.anne.value, phone=None, boarding_s=240)

    with database.write() as session:
        changed = PARTICIPANTS.change(
            session, world.organisation, world.anne.id, 1, value, actor=world.dispatcher
        )

    assert (changed.version, changed.value) == (2, value)


def test_a_change_on_an_older_version_is_refused_with_the_current_record(
    database: Database, world: World
) -> None:
    value = replace(world.anne.value, phone=None)
    with database.write() as session:
        current = PARTICIPANTS.change(
            session, world.organisation, world.anne.id, 1, value, actor=world.dispatcher
        )

    with pytest.raises(StaleVersionError) as refusal, database.write() as session:
        PARTICIPANTS.change(
            session, world.organisation, world.anne.id, 1, world.anne.value, actor=None
        )

    assert refusal.value.current == current
    assert refusal.value.problem.code == "TUS-5002"


def test_what_belongs_to_another_association_is_not_there(database: Database, world: World) -> None:
    with database.write() as session:
        other = make_world(session, "Une autre")

    with database.read() as session:
        assert PARTICIPANTS.find(session, other.organisation, world.anne.id) is None
        with pytest.raises(NotFoundError):
            PARTICIPANTS.get(session, other.organisation, world.anne.id)


def test_a_booking_of_somebody_from_another_association_is_refused(
    database: Database, world: World
) -> None:
    with database.write() as session:
        other = make_world(session, "Une autre")

    with pytest.raises(ConflictError) as refusal, database.write() as session:
        BOOKINGS.add(session, other.organisation, booking_of(world), actor=None)

    assert refusal.value.problem.code == "TUS-5005"


def test_what_is_still_needed_cannot_be_removed(database: Database, world: World) -> None:
    with pytest.raises(ConflictError) as refusal, database.write() as session:
        PLACES.remove(session, world.organisation, world.gare.id, 1, actor=None)

    assert refusal.value.problem.code == "TUS-5004"


def test_a_person_who_is_removed_leaves_no_name(database: Database, world: World) -> None:
    with database.write() as session:
        PARTICIPANTS.remove(session, world.organisation, world.anne.id, 1, actor=world.dispatcher)

    with database.read() as session:
        assert PARTICIPANTS.find(session, world.organisation, world.anne.id) is None
        tables = session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar()
    # The driver is the other person of this little world.
    assert tables == 1


def test_pages_follow_one_another_without_gap_or_repeat(database: Database, world: World) -> None:
    with database.write() as session:
        for k in range(7):
            add_place(session, world.organisation, f"Lieu {k}", 46.0 + k / 10)

    with database.read() as session:
        seen, cursor = [], None
        while True:
            page = PLACES.page(session, world.organisation, after=cursor, limit=4)
            seen.append([record.id for record in page.records])
            cursor = page.next_cursor
            if cursor is None:
                break
        everything = [record.id for record in PLACES.all(session, world.organisation)]

    # Nine places: the two of the world and seven more.
    assert [len(part) for part in seen] == [4, 4, 1]
    assert [identity for part in seen for identity in part] == everything


def test_a_cursor_that_was_never_given_is_refused(database: Database, world: World) -> None:
    with database.read() as session, pytest.raises(InputError, match="TUS-1425"):
        PLACES.page(session, world.organisation, after="né ailleurs")


def test_a_filter_that_does_not_exist_is_a_mistake_of_the_caller(
    database: Database, world: World
) -> None:
    with database.read() as session, pytest.raises(TypeError, match="no filter colour"):
        PLACES.page(session, world.organisation, colour="red")


def test_the_event_of_a_change_names_columns_and_no_values(
    database: Database, world: World
) -> None:
    value = replace(world.anne.value, last_name="Aubertin", boarding_s=240)

    with database.write() as session:
        PARTICIPANTS.change(
            session, world.organisation, world.anne.id, 1, value, actor=world.dispatcher
        )
        told = events.page(session, world.organisation, subject=world.anne.id)[-1]

    assert told.kind == "participant.changed"
    assert told.actor == "acc_regulation"
    assert told.data == {"version": 2, "changed": ["boarding_s", "last_name"]}


def test_a_booking_moves_its_day_on_and_a_telephone_number_does_not(
    database: Database, world: World
) -> None:
    with database.write() as session:
        add_booking(session, world)
        booked = pointer(session, world.organisation, DAY).revision
        value = replace(world.anne.value, phone=None)
        anne = PARTICIPANTS.change(session, world.organisation, world.anne.id, 1, value, actor=None)
        after_phone = pointer(session, world.organisation, DAY).revision
        wider = replace(anne.value, boarding_s=300)
        PARTICIPANTS.change(session, world.organisation, anne.id, 2, wider, actor=None)
        after_boarding = pointer(session, world.organisation, DAY).revision

    assert (booked, after_phone, after_boarding) == (1, 1, 2)


def test_a_rental_touches_the_service_days_it_covers(database: Database, world: World) -> None:
    # 9 March, 09:00 in Paris; one hour is the same service day, and 04:00 the end of it.
    with database.write() as session:
        for day in (date(2026, 3, 9), DAY):
            add_booking(session, world, day)
        VEHICLE_USES.add(
            session, world.organisation, rental(world, NOW_AT, NOW_AT + 19 * HOUR_S), actor=None
        )
        monday = pointer(session, world.organisation, date(2026, 3, 9)).revision
        tuesday = pointer(session, world.organisation, DAY).revision

    assert (monday, tuesday) == (2, 1)


def test_lists_are_filtered_by_what_their_kind_knows(database: Database, world: World) -> None:
    organisation = world.organisation
    with database.write() as session:
        booking = add_booking(session, world)
        add_booking(session, world, date(2026, 3, 12))
        REFERRALS.add(
            session,
            organisation,
            KeptReferral(ParticipantId(world.anne.id), Referral(DAY, None, "mission")),
            actor=None,
        )
        rule = SHIFT_RULES.add(session, organisation, weekly(world), actor=None)
        away = DriverTime(DriverId(world.driver.id), None, NOW_AT, NOW_AT + HOUR_S)
        absence = DRIVER_TIMES.add(session, organisation, away, actor=None)

    with database.read() as session:
        assert BOOKINGS.all(session, organisation, service_date=DAY) == (booking,)
        assert len(BOOKINGS.all(session, organisation, referred_by="mission")) == 2
        assert BOOKINGS.all(session, organisation, referred_by="ailleurs") == ()
        assert PARTICIPANTS.all(session, organisation, referred_by="mission") == (world.anne,)
        assert SHIFT_RULES.all(session, organisation, applies_on=DAY) == (rule,)
        period = (NOW_AT + HOUR_S, NOW_AT + 2 * HOUR_S)
        assert DRIVER_TIMES.all(session, organisation, overlaps=period) == ()
        period = (NOW_AT + HOUR_S - 1, NOW_AT + 2 * HOUR_S)
        assert DRIVER_TIMES.all(session, organisation, overlaps=period) == (absence,)
        anne = ParticipantId(world.anne.id)
        assert referrals_of(session, organisation, (anne,)) == {
            anne: (Referral(DAY, None, "mission"),)
        }


def test_a_vehicle_is_not_lent_twice_at_the_same_time(database: Database, world: World) -> None:
    with database.write() as session:
        for hours in (0, 2):
            VEHICLE_USES.add(
                session,
                world.organisation,
                rental(world, NOW_AT + hours * HOUR_S, NOW_AT + (hours + 1) * HOUR_S),
                actor=None,
            )
        # From the end of one to the start of the next is free.
        between = VEHICLE_USES.add(
            session,
            world.organisation,
            rental(world, NOW_AT + HOUR_S, NOW_AT + 2 * HOUR_S),
            actor=None,
        )

    longer = rental(world, NOW_AT + HOUR_S, NOW_AT + 2 * HOUR_S + 1)
    with pytest.raises(ConflictError) as refusal, database.write() as session:
        VEHICLE_USES.change(session, world.organisation, between.id, 1, longer, actor=None)

    assert refusal.value.problem.code == "TUS-5006"


@pytest.mark.parametrize("value", [Participant(ParticipantId("x"), referrals=(Referral(DAY),))])
def test_what_would_be_lost_is_refused(
    database: Database, world: World, value: Participant
) -> None:
    with database.write() as session, pytest.raises(ValueError, match="REFERRALS"):
        PARTICIPANTS.add(session, world.organisation, value, actor=None)
