"""Every value comes back from a row exactly as it went in, on both databases."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests import daytime_values, kept_values
from tests.kept import World
from tus_dispatch.store import daytime, organisations, resources
from tus_dispatch.store.resource import Resource
from tus_dispatch.store.session import Database, Session

# Each resource, how its values are drawn, and where its identity stands in them.
KINDS: dict[str, tuple[Resource[Any], Any, tuple[str, ...]]] = {
    "places": (resources.PLACES, kept_values.places, ("place", "id")),
    "vehicles": (resources.FLEET, kept_values.vehicles, ("vehicle", "id")),
    "vehicle uses": (resources.VEHICLE_USES, kept_values.vehicle_uses, ()),
    "drivers": (resources.DRIVERS, kept_values.drivers, ("id",)),
    "contracts": (resources.CONTRACTS, kept_values.contracts, ()),
    "driver times": (resources.DRIVER_TIMES, kept_values.driver_times, ()),
    "shifts": (resources.SHIFT_RULES, kept_values.shift_rules, ()),
    "participants": (resources.PARTICIPANTS, kept_values.participants, ("id",)),
    "referrals": (resources.REFERRALS, kept_values.referrals, ()),
    "bookings": (resources.BOOKINGS, kept_values.bookings, ("booking", "id")),
    "standing bookings": (resources.STANDING, kept_values.standing, ()),
    "flexible bookings": (daytime.FLEXIBLE, daytime_values.flexible, ()),
    "events": (daytime.EVENTS, daytime_values.events, ()),
    "protected time": (daytime.TARGETS, daytime_values.targets, ()),
    "seats on hold": (daytime.HOLDS, daytime_values.holds, ()),
    "accounts": (resources.ACCOUNTS, kept_values.accounts, ()),
}
# Every example is undone, so the one database serves them all.
ONE_DATABASE = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class UndoneError(Exception):
    """Rolls an example back."""


@pytest.mark.parametrize("kind", KINDS)
@ONE_DATABASE
@given(data=st.data())
def test_a_value_comes_back_as_it_went_in(
    database: Database, world: World, kind: str, data: st.DataObject
) -> None:
    resource, drawn, path = KINDS[kind]
    first, second = data.draw(st.tuples(drawn(world), drawn(world)), label=kind)
    event("the same value twice" if first == second else "two values")

    def there_and_back(session: Session) -> tuple[Any, Any]:
        added = resource.add(session, world.organisation, first, actor=None)
        changed = resource.change(session, world.organisation, added.id, 1, second, actor=None)
        found = resource.get(session, world.organisation, added.id)
        assert found == changed
        return added, changed

    added, changed = undone(database, there_and_back)

    assert added.value == named(first, path, added.id)
    assert changed.value == named(second, path, added.id)


@ONE_DATABASE
@given(data=st.data())
def test_an_attendance_comes_back_as_it_went_in(
    database: Database, world: World, data: st.DataObject
) -> None:
    event_there = data.draw(daytime_values.events(world), label="event")

    def there_and_back(session: Session) -> tuple[Any, Any]:
        event_id = daytime.EVENTS.add(session, world.organisation, event_there, actor=None).id
        first = data.draw(daytime_values.attendances(world, event_id), label="attendance")
        added = daytime.ATTENDANCES.add(session, world.organisation, first, actor=None)
        return first, daytime.ATTENDANCES.get(session, world.organisation, added.id).value

    first, found = undone(database, there_and_back)

    assert found == first


@ONE_DATABASE
@given(data=st.data())
def test_an_association_comes_back_as_it_went_in(
    database: Database, world: World, data: st.DataObject
) -> None:
    first, second = data.draw(
        st.tuples(kept_values.organisations(), kept_values.organisations()), label="associations"
    )

    def there_and_back(session: Session) -> tuple[Any, Any]:
        identity = organisations.create(session, first)
        found = organisations.load(session, identity).value
        organisations.change(session, identity, 1, second, actor=None)
        return found, organisations.load(session, identity).value

    assert undone(database, there_and_back) == (first, second)


def undone(database: Database, work: Any) -> Any:
    """Do something in a write that leaves no trace."""
    answer = None
    with pytest.raises(UndoneError), database.write() as session:  # noqa: PT012
        answer = work(session)
        raise UndoneError
    return answer


def named(value: Any, path: tuple[str, ...], identity: str) -> Any:
    """Put an identity where a value of this kind has it."""
    if not path:
        return value
    inner = identity if len(path) == 1 else named(getattr(value, path[0]), path[1:], identity)
    return replace(value, **{path[0]: inner})
