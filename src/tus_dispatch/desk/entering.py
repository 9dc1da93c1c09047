"""Who comes in: by a session, by the token of a program, or behind a driver's link."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from tus_dispatch.desk.tokens import digest
from tus_dispatch.domain.organisation import Account, AccountId, Actor, OrganisationId, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.errors import ReadOnlyError
from tus_dispatch.store import accounts, tokens
from tus_dispatch.store.session import Database, Session

IDLE_S = 2 * 3600
# Whoever refers people from outside sees their needs and homes, so sits shorter.
PRESCRIBER_IDLE_S = 1800
_TOUCH_AFTER_S = 60


class Door(StrEnum):
    """How somebody came in."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - the kind of door, not a secret
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who came in.

    Attributes
    ----------
    actor
        Who, with role and reach.
    door
        How.
    id
        Of the session, token or link.
    expires_at
        UTC epoch seconds, or None without end.
    """

    actor: Actor
    door: Door
    id: str
    expires_at: int | None


def enter(database: Database, token: str) -> Entry | None:
    """Return who holds a token, if it opens anything now.

    Parameters
    ----------
    database
        Where sessions, tokens and links are.
    token
        As sent.

    Returns
    -------
    Entry or None
        None for anything ended, expired, revoked or made up.
    """
    with database.read() as session:
        entry, is_stale = _find(session, digest(token))
    if entry is not None and is_stale:
        _touch(database, entry)
    return entry


def _find(session: Session, sha256: str) -> tuple[Entry | None, bool]:
    now_at = session.clock.now_at()
    signed_in = accounts.find_session(session, sha256)
    if signed_in is not None:
        idle_s = now_at - signed_in.seen_at
        if is_over(signed_in.account.value, now_at) or idle_s > _idle_limit(signed_in.account):
            return None, False
        actor = actor_of_account(signed_in.organisation, signed_in.account)
        entry = Entry(actor, Door.SESSION, signed_in.id, signed_in.expires_at)
        return entry, idle_s > _TOUCH_AFTER_S
    program = tokens.find_token(session, sha256)
    if program is not None:
        if is_over(program.account.value, now_at):
            return None, False
        actor = replace(
            actor_of_account(program.organisation, program.account), scopes=program.scopes
        )
        entry = Entry(actor, Door.TOKEN, program.id, program.expires_at)
        return entry, now_at - (program.used_at or 0) > _TOUCH_AFTER_S
    link = tokens.find_link_session(session, sha256)
    if link is None or link.organisation is None or link.valid_from_at > now_at:
        return None, False
    actor = Actor(
        organisation=link.organisation,
        account=None,
        role=Role.DRIVER,
        driver=link.driver,
        shift=link.shift,
        service_date=link.service_date,
    )
    return Entry(actor, Door.LINK, link.id, link.valid_until_at), False


def _touch(database: Database, entry: Entry) -> None:
    organisation = entry.actor.organisation
    try:
        with database.write() as session:
            if entry.door is Door.SESSION:
                accounts.touch_session(session, organisation, entry.id)
            else:
                tokens.touch_token(session, organisation, entry.id)
    except ReadOnlyError:
        # Reading goes on; the session merely ends two hours after it was last noted.
        return


def sign_out(database: Database, entry: Entry) -> None:
    """End the session somebody came in with.

    Parameters
    ----------
    database
        Where sessions are.
    entry
        Session or link; a token of a program is ended where it was made.
    """
    with database.write() as session:
        if entry.door is Door.SESSION:
            accounts.end_session(session, entry.actor.organisation, entry.id)
        elif entry.door is Door.LINK:
            tokens.revoke_link(session, entry.actor.organisation, entry.id)


def actor_of_account(organisation: OrganisationId, record: Record[Account]) -> Actor:
    """Return what an account may be and reach.

    Parameters
    ----------
    organisation, record
        Whose.

    Returns
    -------
    Actor
        Without limits of a token.
    """
    account = record.value
    return Actor(
        organisation=organisation,
        account=AccountId(record.id),
        role=account.role,
        driver=account.driver if account.role is Role.DRIVER else None,
        prescriber=account.prescriber if account.role is Role.PRESCRIBER else None,
    )


def is_over(account: Account, now_at: int) -> bool:
    """Tell whether an account opens nothing any more.

    Parameters
    ----------
    account
        Whose.
    now_at
        UTC epoch seconds.

    Returns
    -------
    bool
        True once it is disabled or past its last day.
    """
    today = datetime.fromtimestamp(now_at, tz=UTC).date()
    expired = account.expires_on is not None and account.expires_on < today
    return account.is_disabled or expired


def _idle_limit(record: Record[Account]) -> int:
    return PRESCRIBER_IDLE_S if record.value.role is Role.PRESCRIBER else IDLE_S
