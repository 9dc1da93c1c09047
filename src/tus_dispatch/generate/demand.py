"""Bookings of a day, drawn by the clock and, when asked, only where they fit the shifts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from tus_dispatch.domain.demand import Booking, Direction, Leg, Participant, Purpose
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.generate.apart import keep_apart
from tus_dispatch.generate.asking import Session, make_booking
from tus_dispatch.generate.clock import SiteKind
from tus_dispatch.generate.crowding import Crowding
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import Family
from tus_dispatch.generate.land import Land
from tus_dispatch.generate.law import listed_communes
from tus_dispatch.generate.participants import Profile, ground_for, make_profile, papers
from tus_dispatch.generate.people import People
from tus_dispatch.generate.roster import Roster
from tus_dispatch.generate.visits import Visits

# For one person so many rounds of so many ways to ask are tried, and so many
# people in a row may find no room before the day counts as full.
_ROUNDS, _OPTIONS, _STRIKES = 4, 8, 30
_OWN_ROUNDS = 2
# After these many people in a row without room the peaks count as full; then
# people go less far, more often one way, and at hours between the peaks.
_PEAK_STRIKES, _TIDY_EVERY, _FULL_PAIR_SHARE = 10, 5, 0.4
_TROUGH_MIX = {Purpose.WORK: 2.0, Purpose.TRAINING: 2.0, Purpose.INSERTION: 2.0}
_BOTH = (Direction.OUTWARD, Direction.RETURN)


class _Wish(NamedTuple):
    """One way somebody might ask, ordered by the driving it adds."""

    burden: float
    number: int
    booking: Booking
    legs: tuple[Leg, ...]
    session: Session
    home: int


class _Person(NamedTuple):
    """Somebody who has not found a ride yet."""

    profile: Profile
    purpose: Purpose
    ways: tuple[Direction, ...]
    far_m: float


class Demand:
    """Bookings as they come in.

    Parameters
    ----------
    family
        Whose ranges.
    land
        Homes and sites.
    chance
        Where choices and people come from.
    rules
        The service day and the association's policy.
    room
        Shifts that must have room, or None to draw without looking; and how
        dense the day is.
    """

    def __init__(
        self,
        family: Family,
        land: Land,
        chance: tuple[Draws, People],
        rules: tuple[ServiceDay, Policy],
        room: tuple[Roster | None, Crowding],
    ) -> None:
        self.participants: list[Participant] = []
        self.bookings: list[Booking] = []
        self._family = family
        self._ranges = family.demand
        self._land = land
        self._draws, self._people = chance
        self._day, self._policy = rules
        self._roster, self._crowding = room
        self._listed = listed_communes(family)
        self._visits = Visits(family.demand, land, self._crowding, self._draws)

    def draw(self, n_legs: int) -> int:
        """Draw bookings until their legs are exactly so many, or the day is full.

        Parameters
        ----------
        n_legs
            Outward and return count two.

        Returns
        -------
        int
            Legs that fitted.
        """
        left, strikes = n_legs, 0
        while left and strikes < _STRIKES:
            taken = self._one_booking(left, is_full=strikes >= _PEAK_STRIKES)
            left -= taken
            strikes = 0 if taken else strikes + 1
            if self._roster and strikes and strikes % _TIDY_EVERY == 0:
                self._roster.tidy()
        tours = self._roster.tours if self._roster else []
        keep_apart(self.participants, self.bookings, tours, self._draws)
        return n_legs - left

    def _one_booking(self, left: int, *, is_full: bool) -> int:
        """Draw somebody and look for hours and a home that fit; return the legs taken in."""
        person = self._person(left, is_full=is_full)
        for number in range(_ROUNDS):
            for wish in self._wishes(person, late=number >= _OWN_ROUNDS):
                if self._roster is None or self._roster.place(wish.legs):
                    self._take(wish, person.profile)
                    return len(person.ways)
        return 0

    def _person(self, left: int, *, is_full: bool) -> _Person:
        draws, ranges = self._draws, self._ranges
        profile = make_profile(len(self.bookings), self._people, draws, ranges)
        mix: Mapping[Purpose, float] = _TROUGH_MIX if is_full else dict(ranges.purposes)
        purpose = draws.weighted(list(mix), list(mix.values()))
        ways: tuple[Direction, ...] = _BOTH
        pair_share = _FULL_PAIR_SHARE if is_full else ranges.pair_share
        if left < len(_BOTH) or not draws.chance(pair_share):
            ways = (draws.choice(_BOTH),)
        wish_km = draws.lognormal(ranges.median_km, ranges.sigma) * self._crowding.nearness
        if is_full:
            wish_km /= 2
        far_km = min(max(wish_km, ranges.shortest_km), ranges.longest_km)
        return _Person(profile, purpose, ways, 1000 * far_km)

    def _wishes(self, person: _Person, *, late: bool) -> list[_Wish]:
        """Draw several ways to ask; those that lie best on the rounds so far come first."""
        wishes: list[_Wish] = []
        for _ in range(_OPTIONS if self._roster else 1):
            session = self._visits.choose(person.purpose, late=late)
            home = self._visits.home_for(session, person.far_m)
            if home is None:
                continue
            booking = make_booking(
                len(self.bookings),
                session,
                self._land.homes[home].place.id,
                person.profile,
                self._draws,
                person.ways,
            )
            legs = legs_of_booking(
                booking, person.profile.participant, self._policy, self._day.length_s
            )
            burden = self._roster.burden(legs) if self._roster else 0.0
            if burden is not None:
                wishes.append(_Wish(burden, len(wishes), booking, legs, session, home))
        return sorted(wishes)

    def _take(self, wish: _Wish, profile: Profile) -> None:
        self._visits.add(wish.session, wish.home)
        site = wish.session.site
        ground = ground_for(
            self._land.homes[wish.home].settlement,
            site.settlement,
            self._listed,
            self._draws,
            at_hub=site.kind is SiteKind.HUB,
        )
        eligibility, referral = papers(
            ground, self._day.date, self._family.prescribers, self._draws
        )
        self.bookings.append(wish.booking)
        self.participants.append(
            replace(profile.participant, eligibility=eligibility, referrals=(referral,))
        )
