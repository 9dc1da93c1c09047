"""Whom to call, in which order, and what to say, as data."""

from dataclasses import dataclass
from datetime import date

from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.told import LegNews


@dataclass(frozen=True, slots=True)
class CallLeg:
    """One leg of somebody on the list.

    Attributes
    ----------
    direction
        Outward or return.
    news
        What changes for it.
    place
        Name of the place where the person is fetched.
    from_clock, until_clock
        Local times between which the vehicle comes, or None where none does.
    before_from_clock, before_until_clock
        What the person knew, or None.
    driver
        First name and initial of who comes; empty when open.
    """

    direction: Direction
    news: LegNews
    place: str
    from_clock: str | None
    until_clock: str | None
    before_from_clock: str | None
    before_until_clock: str | None
    driver: str


@dataclass(frozen=True, slots=True)
class Call:
    """One person on the list: one call for all legs of the day.

    Attributes
    ----------
    name
        First and last name, because one asks for a person by it.
    phone
        Number, or None.
    news
        The most urgent of the legs'.
    legs
        In the order of the day.
    """

    name: str
    phone: str | None
    news: LegNews
    legs: tuple[CallLeg, ...]


@dataclass(frozen=True, slots=True)
class PhoneList:
    """Everybody of the day: first those to be called, then those who know already.

    Attributes
    ----------
    service_date, time_zone, territory
        When and where.
    to_call
        The most urgent first, then by time.
    informed
        Everybody else, by time, for the day on which everybody must be called.
    published_at
        UTC epoch seconds, or None.
    """

    service_date: date
    time_zone: str
    territory: str
    to_call: tuple[Call, ...]
    informed: tuple[Call, ...]
    published_at: int | None = None
