"""A driver's link: one round of one day, opened once with a PIN, over when the round is."""

from dataclasses import dataclass
from datetime import date

from tus_dispatch.desk import passwords
from tus_dispatch.desk.tokens import digest, new_token
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, ShiftId
from tus_dispatch.errors import TusError
from tus_dispatch.store import events, tokens
from tus_dispatch.store.session import Database
from tus_dispatch.store.tokens import DriverLink

BEFORE_S = 12 * 3600
AFTER_S = 2 * 3600
MOST_WRONG_PINS = 5


class UnusableLinkError(TusError):
    """The link is unknown, early, over, used or revoked, or the PIN is wrong."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that was exchanged.

    Attributes
    ----------
    token
        Of the driver's session, shown once.
    link
        What it opens, until when.
    """

    token: str
    link: DriverLink


def validity(scenario: Scenario, shift: ShiftId) -> tuple[DriverId, int, int] | None:
    """Return for whom and how long a link to a shift is valid.

    Parameters
    ----------
    scenario
        The day.
    shift
        Which shift.

    Returns
    -------
    tuple or None
        Driver, first and last instant; None where the day has no such shift,
        or nobody drives it.
    """
    for each in scenario.shifts:
        if each.id == shift and each.driver is not None:
            start_at = scenario.day.start_at
            from_at = start_at + each.start.earliest_s - BEFORE_S
            return each.driver, from_at, start_at + each.end.latest_s + AFTER_S
    return None


def new_link(
    driver: DriverId,
    shift: ShiftId,
    service_date: date,
    span: tuple[int, int],
    words: tuple[str, str],
) -> DriverLink:
    """Describe a link that was not kept yet.

    Parameters
    ----------
    driver, shift, service_date
        To what.
    span
        First and last instant, UTC epoch seconds.
    words
        Token and PIN, of which only hashes are kept.

    Returns
    -------
    DriverLink
        Ready to be kept.
    """
    token, pin = words
    return DriverLink(
        driver, shift, service_date, digest(token), passwords.hashed(pin), span[0], span[1]
    )


def exchange(database: Database, token: str, pin: str) -> Opened:
    """Exchange a link and its PIN for a session, once.

    Parameters
    ----------
    database
        Where links are.
    token
        From the fragment of the address.
    pin
        As the driver types it.

    Returns
    -------
    Opened
        Session and round.

    Raises
    ------
    UnusableLinkError
        Whatever is wrong; a fifth wrong PIN revokes the link.
    """
    with database.read() as session:
        link = tokens.find_link(session, digest(token))
        now_at = session.clock.now_at()
    right, _ = passwords.matches(pin, None if link is None else link.pin_hash)
    if link is None or link.organisation is None or not _is_open(link, now_at):
        raise UnusableLinkError("closed")
    word, organisation = new_token(), link.organisation
    with database.write() as session:
        if right:
            right = tokens.exchange_link(session, organisation, link.id, digest(word))
            kind = "driver_link.exchanged"
        else:
            tokens.count_wrong_pin(session, organisation, link.id, MOST_WRONG_PINS)
            kind = "driver_link.refused"
        events.record(session, organisation, kind, None, [link.id, link.driver])
    if not right:
        raise UnusableLinkError("wrong PIN, or used")
    return Opened(word, link)


def _is_open(link: DriverLink, now_at: int) -> bool:
    return (
        link.valid_from_at <= now_at < link.valid_until_at
        and link.revoked_at is None
        and link.exchanged_at is None
    )
