"""Passwords: how long they are, how they are kept, and how long one waits after a wrong one."""

import secrets
import threading

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 12
LONGEST = 200
MOST_TRIES = 10
# The first slips cost nothing; after ten only an hour helps, or somebody who resets it.
_FREE_TRIES = 3
_LOCK_S = 3600
# Words of the product and of those who use it, and what people choose first.
_GUESSABLE = (
    "motdepasse",
    "password",
    "azerty",
    "qwerty",
    "123456",
    "tusdispatch",
    "changeme",
    "transport",
    "bonjour",
)
# Each takes 64 MiB and most of a core: a flood of attempts must not take the machine.
_TURNSTILE = threading.BoundedSemaphore(2)
_HASHER = PasswordHash((Argon2Hasher(),))
# Compared with where a login is unknown, so that the answer takes as long.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """Return what is kept of a password.

    Parameters
    ----------
    password
        As typed.

    Returns
    -------
    str
        Argon2id with its salt and parameters.
    """
    with _TURNSTILE:
        return _HASHER.hash(password)


def matches(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Compare a password with what is kept of it, in the same time for nobody.

    Parameters
    ----------
    password
        As typed.
    kept
        Its hash, or None where the login is unknown.

    Returns
    -------
    right : bool
        Whether it is the one.
    newer : str or None
        A hash with today's parameters, to be kept instead.
    """
    with _TURNSTILE:
        right, newer = _HASHER.verify_and_update(password, kept or _NOBODY)
    return right and kept is not None, newer if kept is not None else None


def weakness(password: str, login: str) -> str | None:
    """Say what is wrong with a new password.

    Parameters
    ----------
    password
        As typed.
    login
        Whose it would be.

    Returns
    -------
    str or None
        French phrase naming what is expected, or None when it will do.

    Examples
    --------
    >>> weakness("Bonjour-2026!", "lea")
    'autre chose qu’un mot courant suivi de quelques caractères'
    >>> weakness("quatre chaises vertes", "lea")
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return f"de {SHORTEST} à {LONGEST} caractères"
    if len(set(password.casefold())) < 6:
        return "au moins six caractères différents"
    letters = "".join(c for c in password.casefold() if c.isalnum())
    words = (*_GUESSABLE, *((login.casefold(),) if len(login) >= 3 else ()))
    if any(word in letters and len(letters) - len(word) < 8 for word in words):
        return "autre chose qu’un mot courant suivi de quelques caractères"
    return None


def delay_s(failures: int) -> int:
    """Return how long nobody may try again after some wrong passwords in a row.

    Parameters
    ----------
    failures
        In a row, this one included.

    Returns
    -------
    int
        Seconds: nothing for the first slips, doubling, an hour from the tenth.

    Examples
    --------
    >>> [delay_s(failures) for failures in (1, 3, 4, 7, 10, 11)]
    [0, 0, 5, 40, 3600, 3600]
    """
    if failures <= _FREE_TRIES:
        return 0
    return _LOCK_S if failures >= MOST_TRIES else 5 * 2 ** (failures - _FREE_TRIES - 1)
