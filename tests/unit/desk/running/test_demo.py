"""The demo association has a made-up week and somebody of every role."""

from contextlib import closing
from datetime import date

import pyotp
import pytest

from tus_dispatch.desk.accounts import sign_in
from tus_dispatch.desk.clock import now_at
from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.running.demo import DemoLogin, coming_week, made_up_day, set_up_demo
from tus_dispatch.desk.running.setting_up import open_database
from tus_dispatch.desk.running.settings import Settings
from tus_dispatch.domain.organisation import Role
from tus_dispatch.store import organisations
from tus_dispatch.store.resources import BOOKINGS, PARTICIPANTS


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, tuple[DemoLogin, ...]]:
    """The installation, made once."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("demo") / "tus")
    return settings, set_up_demo(settings)


def test_there_is_somebody_of_every_role_who_can_sign_in(
    demo: tuple[Settings, tuple[DemoLogin, ...]],
) -> None:
    settings, logins = demo

    with closing(open_database(settings)) as database:
        for each in logins:
            code = pyotp.TOTP(each.totp_secret).at(now_at()) if each.totp_secret else None
            signed_in = sign_in(database, each.login, each.password, code)
            assert signed_in.account.value.role is each.role

    assert {each.role for each in logins} == set(Role)
    assert len({each.password for each in logins}) == len(logins)


def test_the_same_people_travel_on_five_days(
    demo: tuple[Settings, tuple[DemoLogin, ...]],
) -> None:
    settings, _ = demo

    with closing(open_database(settings)) as database, database.read() as session:
        (organisation,) = organisations.all_of(session)
        n_people = len(PARTICIPANTS.page(session, organisation, limit=500).records)
        found = BOOKINGS.page(session, organisation, limit=500).records
        days = sorted({record.value.service_date for record in found})
        scenarios = [scenario_of(session, organisation, day) for day in days]

    assert len(days) == 5
    assert all(len(each.bookings) > 20 and len(each.shifts) == 8 for each in scenarios)
    assert n_people < sum(len(each.participants) for each in scenarios) / 3
    assert len({each.vehicles for each in scenarios}) == 1


def test_a_made_up_day_is_the_same_every_time() -> None:
    (day, *_) = coming_week(date(2026, 3, 10))

    assert made_up_day(day) == made_up_day(day)
