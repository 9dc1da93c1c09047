"""Visits that people share, and the homes they come from."""

from tus_dispatch.domain.demand import Purpose
from tus_dispatch.generate.asking import Session, open_session
from tus_dispatch.generate.clock import JOIN_SHARE
from tus_dispatch.generate.crowding import Crowding
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import DemandRanges
from tus_dispatch.generate.land import Land

# Whoever found no room yet joins others as often as not.
_LATE_JOIN = 0.5
_CANDIDATES = 4


class Visits:
    """Sessions opened so far and homes still free.

    Parameters
    ----------
    ranges
        The family's shares.
    land
        Homes and sites.
    crowding
        How dense the day is.
    draws
        Where chance comes from.
    """

    def __init__(self, ranges: DemandRanges, land: Land, crowding: Crowding, draws: Draws) -> None:
        self._ranges = ranges
        self._land = land
        self._crowding = crowding
        self._draws = draws
        self._sessions: list[Session] = []
        self._free = list(range(len(land.homes)))
        self._away: dict[int, list[int]] = {}

    def choose(self, purpose: Purpose, *, late: bool) -> Session:
        """Join a session or open another.

        Parameters
        ----------
        purpose
            What for.
        late
            Whether earlier choices found no room.

        Returns
        -------
        Session
            Perhaps with nobody yet.
        """
        open_ones = [
            s
            for s in self._sessions
            if s.purpose is purpose and len(s.homes) < self._ranges.group_size and not s.is_flexible
        ]
        if open_ones:
            session = self._draws.choice(open_ones)
            usual = self._crowding.join_share(JOIN_SHARE[session.site.kind])
            if self._draws.chance(_LATE_JOIN if late else usual):
                return session
        return open_session(purpose, self._ranges, self._land.sites, self._draws)

    def home_for(self, session: Session, far_m: float) -> int | None:
        """Choose a free home about so far away, or near people who come already.

        Parameters
        ----------
        session
            Where to.
        far_m
            Distance wished for, on the road.

        Returns
        -------
        int or None
            Number of the home; None when no free home is at an allowed distance.
        """
        away_m = self._away_m(self._land.index[session.site.place.id])
        low_m, high_m = self._ranges.shortest_km * 1000, self._ranges.longest_km * 1000
        allowed = [home for home in self._free if low_m <= away_m[home] <= high_m]
        if not allowed:
            return None
        if session.homes and self._draws.chance(self._crowding.neighbour_share):
            seconds = self._land.travel.seconds[self._row(self._draws.choice(session.homes))]
            allowed.sort(key=lambda home: seconds[self._row(home)])
        else:
            allowed.sort(key=lambda home: abs(away_m[home] - far_m))
        return self._draws.choice(allowed[:_CANDIDATES])

    def add(self, session: Session, home: int) -> None:
        """Let somebody from a home come to a session."""
        if not session.homes:
            self._sessions.append(session)
        session.homes.append(home)
        self._free.remove(home)

    def _away_m(self, site: int) -> list[int]:
        """Return how far every home is from a site, the longer of both ways; kept per site."""
        if site not in self._away:
            metres = self._land.travel.metres
            rows = [self._row(home) for home in range(len(self._land.homes))]
            self._away[site] = [max(metres[row][site], metres[site][row]) for row in rows]
        return self._away[site]

    def _row(self, home: int) -> int:
        return self._land.index[self._land.homes[home].place.id]
