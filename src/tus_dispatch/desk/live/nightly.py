"""What an association's data need once a day, whether anybody is there or not."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from tus_dispatch.desk.live.leg_states import Move, with_move
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.people import Forgotten, forget_due
from tus_dispatch.desk.live.standing import roll_out
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.store import organisations
from tus_dispatch.store.days import today
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session

# So far ahead standing bookings stand in the lists of their days.
AHEAD = timedelta(days=28)
# So long after their day open legs are looked for; the server may have been off.
BEHIND = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Night:
    """What one night did for one association.

    Attributes
    ----------
    n_rolled_out
        Bookings made from standing ones.
    n_unmet
        Bookings of past days with a leg that nobody ever served.
    forgotten
        What retention removed.
    warnings
        French sentences about days that somebody should look at.
    """

    n_rolled_out: int
    n_unmet: int
    forgotten: Forgotten
    warnings: tuple[str, ...]


def nightly(office: Office, ledger: Path | None = None) -> dict[OrganisationId, Night]:
    """Roll out standing bookings, close past days, and forget what is due.

    Parameters
    ----------
    office
        Of the installation.
    ledger
        File outside the database that says who is erased, or None.

    Returns
    -------
    dict
        By association. Doing it again the same day changes nothing.
    """
    with office.database.read() as session:
        everybody = organisations.all_of(session)
    return {each: _night(office, each, ledger) for each in everybody}


def close_past_days(session: Session, organisation: OrganisationId, now: date) -> int:
    """Note legs of past days that were asked for and never served.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    now
        Today; its legs may still be served.

    Returns
    -------
    int
        Bookings with such a leg. Legs that were in a published plan and that no
        driver reported on stay open: nobody knows.
    """
    found = 0
    for record in BOOKINGS.all(
        session, organisation, from_date=now - BEHIND, until_date=now - timedelta(days=1)
    ):
        states = with_move(record.value.states, list(Direction), Move.GIVE_UP)
        if states != record.value.states:
            value = replace(record.value, states=states)
            BOOKINGS.change(session, organisation, record.id, record.version, value, actor=None)
            found += 1
    return found


def _night(office: Office, organisation: OrganisationId, ledger: Path | None) -> Night:
    with office.database.write() as session:
        now = today(session, organisation)
        rolled = roll_out(office, session, organisation, now + AHEAD)
        n_unmet = close_past_days(session, organisation, now)
    forgotten = forget_due(office, organisation, ledger)
    return Night(len(rolled.bookings), n_unmet, forgotten, rolled.warnings)
