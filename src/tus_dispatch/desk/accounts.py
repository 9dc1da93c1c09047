"""Signing in with a password and a code, and what happens to both."""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from tus_dispatch.desk import passwords, second_factor
from tus_dispatch.desk.entering import actor_of_account, is_over
from tus_dispatch.desk.tokens import digest, new_token
from tus_dispatch.domain.organisation import Account, AccountId, OrganisationId, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.errors import TusError
from tus_dispatch.store import accounts, events, tokens
from tus_dispatch.store.accounts import Credential
from tus_dispatch.store.session import Database, Session

ABSOLUTE_S = 12 * 3600
_MOST_UNKNOWN = 10_000


class WrongCredentialsError(TusError):
    """Login, password or code are wrong, or the account is over; which, nobody is told."""


class SecondFactorNeededError(TusError):
    """The password is right, and a code from the phone is needed beside it."""


class TooOftenError(TusError):
    """Too many attempts failed; no further one counts for a while.

    Parameters
    ----------
    wait_s
        Seconds until the next attempt.
    """

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"wait {wait_s} s")


class WeakPasswordError(TusError):
    """A new password is too easy to guess.

    Parameters
    ----------
    expected
        French phrase.
    """

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(expected)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was just opened.

    Attributes
    ----------
    token
        Shown once, kept nowhere.
    expires_at
        UTC epoch seconds.
    account
        Whose.
    """

    token: str
    expires_at: int
    account: Record[Account]


class UnknownLogins:
    """Failures of logins that do not exist, so that these slow down as others do."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_s(self, login: str, now_at: int) -> int:
        """Return how long the next attempt must wait, 0 when it counts."""
        with self._lock:
            _, until_at = self._failures.get(_folded(login), (0, 0))
        return max(until_at - now_at, 0)

    def fail(self, login: str, now_at: int) -> None:
        """Count a failure."""
        name = _folded(login)
        with self._lock:
            failures = self._failures.pop(name, (0, 0))[0] + 1
            self._failures[name] = (failures, now_at + passwords.delay_s(failures))
            if len(self._failures) > _MOST_UNKNOWN:
                self._failures.popitem(last=False)


_UNKNOWN = UnknownLogins()


def sign_in(database: Database, login: str, password: str, code: str | None) -> SignedIn:
    """Open a session.

    Parameters
    ----------
    database
        Where accounts are.
    login, password
        As typed.
    code
        From the phone, or None.

    Returns
    -------
    SignedIn
        Session and account.

    Raises
    ------
    WrongCredentialsError
        When anything is wrong.
    SecondFactorNeededError
        When only the code is missing.
    TooOftenError
        While attempts do not count.
    """
    with database.read() as session:
        found = accounts.find_by_login(session, login)
        if found is None:
            kept = None
            wait_s = _UNKNOWN.wait_s(login, session.clock.now_at())
        else:
            kept = accounts.credential(session, found[0], AccountId(found[1].id))
            wait_s = max((kept.locked_until_at or 0) - session.clock.now_at(), 0)
        now_at = session.clock.now_at()
    if wait_s:
        raise TooOftenError(wait_s)
    right, newer = passwords.matches(password, None if kept is None else kept.password_hash)
    if found is None:
        _UNKNOWN.fail(login, now_at)
        raise WrongCredentialsError("unknown login")
    failed: TusError | None = None
    signed_in: SignedIn | None = None
    with database.write() as session:
        try:
            signed_in = _decide(session, found, password_right=right, newer=newer, code=code)
        except (WrongCredentialsError, SecondFactorNeededError, TooOftenError) as error:
            # The failure is counted, so the transaction must be committed.
            failed = error
    if failed is not None or signed_in is None:
        raise failed or WrongCredentialsError("no session")
    return signed_in


def _decide(
    session: Session,
    found: tuple[OrganisationId, Record[Account]],
    *,
    password_right: bool,
    newer: str | None,
    code: str | None,
) -> SignedIn:
    organisation, record = found
    name, now_at = AccountId(record.id), session.clock.now_at()
    # Read again: others may have tried meanwhile, and each try must count.
    kept = accounts.credential(session, organisation, name)
    if kept.locked_until_at is not None and kept.locked_until_at > now_at:
        raise TooOftenError(kept.locked_until_at - now_at)
    if not password_right or is_over(record.value, now_at):
        raise _failed(session, organisation, name, kept)
    step = kept.totp_last_step
    if needs_code(record.value):
        if code is None:
            raise SecondFactorNeededError("a code is needed")
        secret = kept.totp_secret
        step = (
            None
            if secret is None
            else second_factor.step_of(code, secret, now_at, kept.totp_last_step)
        )
        if step is None:
            raise _failed(session, organisation, name, kept)
    passed = replace(
        kept,
        password_hash=newer or kept.password_hash,
        totp_last_step=step,
        failures=0,
        locked_until_at=None,
    )
    accounts.set_credential(session, organisation, name, passed)
    token = new_token()
    expires_at = now_at + ABSOLUTE_S
    accounts.open_session(session, organisation, name, digest(token), expires_at)
    actor = actor_of_account(organisation, record)
    events.record(session, organisation, "account.signed_in", actor, [record.id])
    return SignedIn(token, expires_at, record)


def _failed(
    session: Session, organisation: OrganisationId, name: AccountId, kept: Credential
) -> WrongCredentialsError:
    failures = kept.failures + 1
    until_at = session.clock.now_at() + passwords.delay_s(failures)
    counted = replace(kept, failures=failures, locked_until_at=until_at)
    accounts.set_credential(session, organisation, name, counted)
    data = {"failures": failures}
    events.record(session, organisation, "account.refused", None, [name], data)
    return WrongCredentialsError("wrong")


def needs_code(account: Account) -> bool:
    """Tell whether a code is asked for beside the password.

    Parameters
    ----------
    account
        Whose.

    Returns
    -------
    bool
        Always so for prescribers.
    """
    return account.needs_second_factor or account.role is Role.PRESCRIBER


def expect_password(
    database: Database, organisation: OrganisationId, record: Record[Account], password: str
) -> None:
    """Make sure that whoever is signed in knows the password.

    Parameters
    ----------
    database
        Where accounts are.
    organisation, record
        Whose.
    password
        As typed.

    Raises
    ------
    WrongCredentialsError
        When it is wrong; the failure counts as one of signing in.
    TooOftenError
        While attempts do not count.
    """
    name = AccountId(record.id)
    with database.read() as session:
        kept = accounts.credential(session, organisation, name)
        wait_s = max((kept.locked_until_at or 0) - session.clock.now_at(), 0)
    if wait_s:
        raise TooOftenError(wait_s)
    right, _ = passwords.matches(password, kept.password_hash)
    if not right:
        with database.write() as session:
            kept = accounts.credential(session, organisation, name)
            failed = _failed(session, organisation, name, kept)
        raise failed


def set_password(
    session: Session, organisation: OrganisationId, record: Record[Account], password: str
) -> None:
    """Set a password that somebody chose.

    Parameters
    ----------
    session
        Of a write.
    organisation, record
        Whose.
    password
        As typed.

    Raises
    ------
    WeakPasswordError
        When it is too easy to guess.
    """
    expected = passwords.weakness(password, record.value.login)
    if expected is not None:
        raise WeakPasswordError(expected)
    _put_password(session, organisation, AccountId(record.id), password)


def reset(
    session: Session,
    organisation: OrganisationId,
    record: Record[Account],
    password: str,
    totp_secret: str | None,
) -> None:
    """Give an account a first password, or a new one after a lock or a loss.

    Parameters
    ----------
    session
        Of a write.
    organisation, record
        Whose.
    password
        Made by the program, long and random.
    totp_secret
        A new second factor, or None to keep the one there is.
    """
    name = AccountId(record.id)
    _put_password(session, organisation, name, password)
    if totp_secret is not None:
        kept = accounts.credential(session, organisation, name)
        renewed = replace(kept, totp_secret=totp_secret, totp_last_step=None)
        accounts.set_credential(session, organisation, name, renewed)


def _put_password(
    session: Session, organisation: OrganisationId, name: AccountId, password: str
) -> None:
    kept = accounts.credential(session, organisation, name)
    changed = replace(
        kept, password_hash=passwords.hashed(password), failures=0, locked_until_at=None
    )
    accounts.set_credential(session, organisation, name, changed)
    accounts.end_sessions_of(session, organisation, name)


def end_everything(session: Session, organisation: OrganisationId, record: Record[Account]) -> None:
    """End the sessions and tokens of an account.

    Parameters
    ----------
    session
        Of a write.
    organisation, record
        Whose.
    """
    accounts.end_sessions_of(session, organisation, AccountId(record.id))
    for token in tokens.tokens(session, organisation):
        if token.account.id == record.id:
            tokens.end_token(session, organisation, token.id)


def _folded(login: str) -> str:
    return hashlib.sha256(login.casefold().encode("utf-8", "surrogatepass")).hexdigest()
