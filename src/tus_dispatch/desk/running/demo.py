"""A demo association with a made-up week and an account of every role."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyotp

from tus_dispatch.desk.accounts import reset
from tus_dispatch.desk.clock import now_at
from tus_dispatch.desk.live.exchange import import_day
from tus_dispatch.desk.running.setting_up import FirstAccount, new_password, open_database, set_up
from tus_dispatch.desk.running.settings import Settings
from tus_dispatch.domain.organisation import (
    Account,
    Actor,
    Organisation,
    OrganisationId,
    PrescriberId,
    Role,
)
from tus_dispatch.domain.scenario import Scenario, Territory
from tus_dispatch.domain.units import DriverId
from tus_dispatch.generate.day import generate
from tus_dispatch.generate.setting import Setting
from tus_dispatch.store.resources import ACCOUNTS, DRIVERS
from tus_dispatch.store.session import Session

NAME = "Mobilités solidaires du Cher (démonstration)"
_FAMILY, _SEED, _N_LEGS, _N_SHIFTS = "cher_multidepot", 1, 70, 8
_COMING_BACK = 0.85
_N_DAYS = 5
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """Somebody who may try things out.

    Attributes
    ----------
    login, role
        Who.
    password
        Made at random.
    totp_secret
        For the roles that need a code from a phone, else None.
    """

    login: str
    role: Role
    password: str
    totp_secret: str | None = None


def set_up_demo(settings: Settings) -> tuple[DemoLogin, ...]:
    """Make an installation to try things out with.

    Parameters
    ----------
    settings
        Where; there must be none yet.

    Returns
    -------
    tuple of DemoLogin
        One of each role; passwords are kept nowhere else.

    Raises
    ------
    InputError
        As for any installation.
    """
    admin = FirstAccount("admin", role=Role.ADMIN, display_name="Administration")
    made = set_up(settings, Organisation(NAME, Territory("Cher")), admin)
    first = DemoLogin("admin", Role.ADMIN, made.passwords["admin"])
    database = open_database(settings)
    try:
        with database.write() as session:
            for day in coming_week(datetime.fromtimestamp(now_at(), tz=UTC).date()):
                import_day(session, _coordinator(made.organisation), made_up_day(day))
            return (first, *_accounts(session, made.organisation))
    finally:
        database.close()


def coming_week(today: date) -> list[date]:
    """Return the next five days on which people work.

    Parameters
    ----------
    today
        Not among them.

    Returns
    -------
    list of date
        In their order.

    Examples
    --------
    >>> [day.day for day in coming_week(date(2026, 3, 12))]
    [13, 16, 17, 18, 19]
    """
    days = (today + timedelta(number) for number in range(1, 3 * _N_DAYS))
    return [day for day in days if day.weekday() < _SATURDAY][:_N_DAYS]


def made_up_day(day: date) -> Scenario:
    """Make up a day on which most of the same people travel as on the others.

    Parameters
    ----------
    day
        Which one.

    Returns
    -------
    Scenario
        People, vehicles and drivers are the same every day.
    """
    everybody = generate(
        _FAMILY, seed=_SEED, n_legs=_N_LEGS, n_shifts=_N_SHIFTS, setting=Setting(day)
    )
    dice = np.random.default_rng(day.toordinal())
    coming = dice.random(len(everybody.bookings)) < _COMING_BACK
    bookings = tuple(
        booking for booking, comes in zip(everybody.bookings, coming, strict=True) if comes
    )
    return replace(everybody, bookings=bookings)


def _coordinator(organisation: OrganisationId) -> Actor:
    return Actor(organisation, None, Role.COORDINATOR)


def _accounts(session: Session, organisation: OrganisationId) -> Iterator[DemoLogin]:
    driver = DriverId(DRIVERS.page(session, organisation, limit=1).records[0].id)
    wanted = (
        Account("coordination", Role.COORDINATOR, "Coordination"),
        Account("regulation", Role.DISPATCHER, "Régulation"),
        Account("conduite", Role.DRIVER, "Conduite", driver=driver),
        Account(
            "prescription",
            Role.PRESCRIBER,
            "Prescription",
            prescriber=PrescriberId("Mission locale"),
            needs_second_factor=True,
        ),
        Account("audit", Role.AUDITOR, "Audit"),
    )
    for account in wanted:
        record = ACCOUNTS.add(session, organisation, account, actor=None)
        password = new_password()
        secret = pyotp.random_base32() if account.needs_second_factor else None
        reset(session, organisation, record, password, secret)
        yield DemoLogin(account.login, account.role, password, secret)
