"""Bookings of a day, drawn by the clock and, when asked, only where they fit the shifts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from tus_dispatch.domain.demand import Booking, Direction, Leg, Participant, Purpose
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel_source import Terrain
from tus_dispatch.generate.asking import Session, make_booking, open_session
from tus_dispatch.generate.clock import JOIN_SHARE, SiteKind
from tus_dispatch.generate.codes import refusal
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import Family
from tus_dispatch.generate.land import Land
from tus_dispatch.generate.participants import Profile, ground_for, make_profile, papers
from tus_dispatch.generate.people import People
from tus_dispatch.generate.roster import Roster

# Other hours and homes are tried for the same person so many times, and so
# many people in a row may find no room before the day counts as full.
_ATTEMPTS = 4
_OPTIONS = 8
_STRIKES = 40
# After these many attempts a booking looks at all hours again.
_OWN_SESSION_ATTEMPTS = 2
_NEIGHBOUR_SHARE = 0.6
# With more legs per shift than this, people from the same villages go to the
# same places, as they do where one vehicle has to do.
_USUAL_LEGS_PER_SHIFT = {Terrain.PLAIN: 6.0, Terrain.HILLS: 5.5, Terrain.MOUNTAIN: 4.5}
_CANDIDATES = 4
_APART_EVERY = 30
# After these many people in a row without room the peaks count as full.
_PEAK_STRIKES = 10
_TIDY_EVERY = 5
_TROUGH_MIX = {Purpose.WORK: 2.0, Purpose.TRAINING: 2.0, Purpose.INSERTION: 2.0}
# On crowded days more people share a visit, and they live nearer.
_CROWDED_JOIN, _CROWDED_NEARER = 0.7, 0.45
# Whoever found no room yet joins others as often as not.
_LATE_JOIN = 0.5
_BOTH = (Direction.OUTWARD, Direction.RETURN)


class _Wish(NamedTuple):
    """One way somebody might ask, ordered by the driving it adds."""

    burden: float
    number: int
    booking: Booking
    legs: tuple[Leg, ...]
    session: Session
    home: int


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
    roster
        Shifts that must have room, or None to draw without looking.
    """

    def __init__(
        self,
        family: Family,
        land: Land,
        chance: tuple[Draws, People],
        rules: tuple[ServiceDay, Policy],
        roster: Roster | None,
    ) -> None:
        self.participants: list[Participant] = []
        self.bookings: list[Booking] = []
        self._family = family
        self._ranges = family.demand
        self._land = land
        self._draws, self._people = chance
        self._day, self._policy = rules
        self._roster = roster
        self._crowding = 0.0
        self._away: dict[int, list[int]] = {}
        self._sessions: list[Session] = []
        self._free = list(range(len(land.homes)))

    def draw(self, n_legs: int) -> None:
        """Draw bookings until their legs are exactly so many.

        Parameters
        ----------
        n_legs
            Outward and return count two.

        Raises
        ------
        InputError
            When no more bookings fit.
        """
        self._crowding = self._pressure(n_legs)
        left, strikes = n_legs, 0
        while left:
            taken = self._one_booking(left, strikes)
            left -= taken
            strikes = 0 if taken else strikes + 1
            if self._roster and strikes and strikes % _TIDY_EVERY == 0:
                self._roster.tidy()
            if strikes == _STRIKES:
                fitted = n_legs - left
                raise refusal("generate-too-full", "--legs", n_legs, f"au plus {fitted} environ")
        self._keep_some_apart()

    def _pressure(self, n_legs: int) -> float:
        """Return how much people must share rides for so many legs to fit, 0 to 1."""
        if self._roster is None:
            return 0.0
        usual = _USUAL_LEGS_PER_SHIFT[self._family.terrain]
        return min(1.0, max(0.0, n_legs / (usual * len(self._roster.tours)) - 1))

    def _shares(self, strikes: int) -> Mapping[Purpose, float]:
        """Return the mix of purposes; on a full day, what fits between the peaks."""
        return dict(self._ranges.purposes) if strikes < _PEAK_STRIKES else _TROUGH_MIX

    def _one_booking(self, left: int, strikes: int) -> int:
        """Draw somebody and look for hours and a home that fit; return the legs taken in."""
        number = len(self.bookings)
        profile = make_profile(number, self._people, self._draws, self._ranges)
        shares = self._shares(strikes)
        purpose = self._draws.weighted(list(shares), list(shares.values()))
        ways, far_m = self._ways(left), self._far_m(strikes)
        for attempt in range(_ATTEMPTS):
            asked = (purpose, ways, far_m)
            for wish in self._wishes(
                number, profile, asked, late=attempt >= _OWN_SESSION_ATTEMPTS
            ):
                if self._roster is None or self._roster.place(wish.legs):
                    self._take(wish, profile)
                    return len(ways)
        return 0

    def _wishes(
        self,
        number: int,
        profile: Profile,
        asked: tuple[Purpose, tuple[Direction, ...], float],
        *,
        late: bool,
    ) -> list[_Wish]:
        """Draw several ways to ask; those that lie best on the rounds so far come first."""
        purpose, ways, far_m = asked
        wishes: list[_Wish] = []
        for _ in range(_OPTIONS if self._roster else 1):
            session = self._session(purpose, late=late)
            home = self._home(session, far_m)
            if home is not None:
                door = self._land.homes[home].place.id
                booking = make_booking(number, session, door, profile, self._draws, ways)
                legs = legs_of_booking(
                    booking, profile.participant, self._policy, self._day.length_s
                )
                burden = self._roster.burden(legs) if self._roster else 0.0
                if burden is not None:
                    wishes.append(_Wish(burden, len(wishes), booking, legs, session, home))
        return sorted(wishes)

    def _ways(self, left: int) -> tuple[Direction, ...]:
        if left > 1 and self._draws.chance(self._ranges.pair_share):
            return _BOTH
        return (self._draws.choice(_BOTH),)

    def _session(self, purpose: Purpose, *, late: bool) -> Session:
        """Join a session of this purpose or open another."""
        open_ones = [
            s
            for s in self._sessions
            if s.purpose is purpose and len(s.homes) < self._ranges.group_size and not s.is_flexible
        ]
        if open_ones:
            session = self._draws.choice(open_ones)
            share = JOIN_SHARE[session.site.kind]
            share += (1 - share) * self._crowding * _CROWDED_JOIN
            if self._draws.chance(_LATE_JOIN if late else share):
                return session
        return open_session(purpose, self._ranges, self._land.sites, self._draws)

    def _home(self, session: Session, far_m: float) -> int | None:
        """Choose a free home about so far away, or near people who go there already."""
        site = self._land.index[session.site.place.id]
        away_m = self._away_m(site)
        low_m, high_m = self._ranges.shortest_km * 1000, self._ranges.longest_km * 1000
        allowed = [home for home in self._free if low_m <= away_m[home] <= high_m]
        if not allowed:
            return None
        if session.homes and self._draws.chance(
            _NEIGHBOUR_SHARE + (1 - _NEIGHBOUR_SHARE) * self._crowding
        ):
            mate = self._row(self._draws.choice(session.homes))
            allowed.sort(key=lambda home: self._land.travel.seconds[mate][self._row(home)])
        else:
            allowed.sort(key=lambda home: abs(away_m[home] - far_m))
        return self._draws.choice(allowed[:_CANDIDATES])

    def _far_m(self, strikes: int) -> float:
        """Draw how far somebody goes; less far when the day is full."""
        ranges = self._ranges
        nearer = 1 - _CROWDED_NEARER * self._crowding
        if strikes >= _PEAK_STRIKES:
            nearer /= 2
        wish_km = nearer * self._draws.lognormal(ranges.median_km, ranges.sigma)
        return 1000 * min(max(wish_km, ranges.shortest_km), ranges.longest_km)

    def _away_m(self, site: int) -> list[int]:
        """Return how far every home is from a site, the longer way of both; kept per site."""
        if site not in self._away:
            metres = self._land.travel.metres
            rows = [self._row(home) for home in range(len(self._land.homes))]
            self._away[site] = [max(metres[row][site], metres[site][row]) for row in rows]
        return self._away[site]

    def _row(self, home: int) -> int:
        return self._land.index[self._land.homes[home].place.id]

    def _take(self, wish: _Wish, profile: Profile) -> None:
        session, home = wish.session, wish.home
        if not session.homes:
            self._sessions.append(session)
        session.homes.append(home)
        self._free.remove(home)
        ground = ground_for(
            self._land.homes[home].settlement,
            session.site.settlement,
            self._draws,
            at_hub=session.site.kind is SiteKind.HUB,
        )
        eligibility, referral = papers(
            ground, self._day.date, self._family.prescribers, self._draws
        )
        self.bookings.append(wish.booking)
        self.participants.append(
            replace(profile.participant, eligibility=eligibility, referrals=(referral,))
        )

    def _keep_some_apart(self) -> None:
        """Name a few pairs who must not meet aboard; none of them does where the day was placed."""
        met = self._met()
        wanted = len(self.participants) // _APART_EVERY or int(len(self.participants) > 7)
        for a, b in self._draws.shuffled(self._strangers(met))[:wanted]:
            one, other = self.participants[a], self.participants[b]
            self.participants[a] = replace(one, never_with=(*one.never_with, other.id))

    def _strangers(self, met: set[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return pairs of people who share a site but no ride."""
        by_site: dict[str, list[int]] = {}
        for number, booking in enumerate(self.bookings):
            request = booking.outward
            if request is not None:
                by_site.setdefault(request.destination, []).append(number)
        return [
            (a, b)
            for numbers in by_site.values()
            for i, a in enumerate(numbers)
            for b in numbers[i + 1 :]
            if (a, b) not in met
        ]

    def _met(self) -> set[tuple[int, int]]:
        """Return pairs of bookings, by number, who are aboard at the same moment."""
        number = {booking.id: i for i, booking in enumerate(self.bookings)}
        met: set[tuple[int, int]] = set()
        for tour in self._roster.tours if self._roster else ():
            for position in range(1, len(tour.nodes)):
                aboard = tour.aboard_at(position)
                people = sorted(number[tour.requests[i].leg.booking] for i in aboard)
                met |= {(a, b) for i, a in enumerate(people) for b in people[i + 1 :]}
        return met
