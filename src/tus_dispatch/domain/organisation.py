"""An association, its settings, and who works there in which role."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from tus_dispatch.domain.law import Law
from tus_dispatch.domain.objective import Objective
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.scenario import Territory
from tus_dispatch.domain.travel_source import EstimateSource, TravelSource
from tus_dispatch.domain.units import DriverId, MilliCents, Seconds, ShiftId
from tus_dispatch.domain.working_time import WorkingTime

OrganisationId = NewType("OrganisationId", str)
AccountId = NewType("AccountId", str)
PrescriberId = NewType("PrescriberId", str)


class HolidayArea(StrEnum):
    """Where public holidays differ from those of mainland France."""

    MAINLAND = "mainland"
    ALSACE = "alsace"
    MOSELLE = "moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "reunion"
    MAYOTTE = "mayotte"
    SAINT_PIERRE = "saint_pierre_et_miquelon"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An association and how it plans.

    Attributes
    ----------
    name
        Shown on sheets and boards.
    territory
        Where it works, with time zone and school zone.
    objective, policy
        What is good and what is allowed.
    travel
        Where travel times come from.
    retention_months
        Months without contact after which a participant is erased.
    promise_half_width_s
        A promise is the planned pickup, give or take this.
    holiday_area
        Where it is, for public holidays.
    participation_per_km
        Contribution to the costs asked per direct kilometre, thousandths of a
        cent; the law's cap comes on top. 0 for none.
    law, working_time
        The law of its trips and of working time as days are held against it;
        None where nobody has set it up yet.
    """

    name: str
    territory: Territory
    objective: Objective = Objective()
    policy: Policy = Policy()
    travel: TravelSource = EstimateSource()
    retention_months: int = 24
    promise_half_width_s: Seconds = 300
    holiday_area: HolidayArea = HolidayArea.MAINLAND
    participation_per_km: MilliCents = 0
    law: Law | None = None
    working_time: WorkingTime | None = None


class Role(StrEnum):
    """What somebody is, and so what they may do."""

    COORDINATOR = "coordinator"
    DISPATCHER = "dispatcher"
    DRIVER = "driver"
    PRESCRIBER = "prescriber"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    Attributes
    ----------
    login
        What they type; unique in the whole installation, without regard to
        capitals.
    role
        What they are.
    display_name
        What colleagues read.
    driver
        Which driver this is, for the role driver.
    prescriber
        On whose behalf this person refers people, for the role prescriber.
    is_disabled
        Whether signing in and all sessions are over.
    expires_on
        Last day, or None without end.
    needs_second_factor
        Whether a code is asked for beside the password; always so for
        prescribers.
    """

    login: str
    role: Role
    display_name: str
    driver: DriverId | None = None
    prescriber: PrescriberId | None = None
    is_disabled: bool = False
    expires_on: date | None = None
    needs_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking, as far as the answer depends on it.

    Attributes
    ----------
    organisation, account
        Whose data, and whose hand; no account behind a driver's link.
    role
        What they may do.
    driver, prescriber
        Whose own things they may see.
    scopes
        Words an API token is limited to, or None without such a limit.
    shift, service_date
        The one round a driver's link opens, or None.
    """

    organisation: OrganisationId
    account: AccountId | None
    role: Role
    driver: DriverId | None = None
    prescriber: PrescriberId | None = None
    scopes: tuple[str, ...] | None = None
    shift: ShiftId | None = None
    service_date: date | None = None
