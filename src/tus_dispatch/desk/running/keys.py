"""Secrets of an installation: made at random, kept from other users, refused when weak."""

import os
import secrets
import stat
import tomllib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, fields
from pathlib import Path

from tus_dispatch.desk.running.codes import problem, refusal
from tus_dispatch.errors import InputError, Problem

LENGTH = 32
EXAMPLE = "ZXhlbXBsZS1kZS1sYS1kb2N1bWVudGF0aW9uLTAxMjM"
_FEWEST_DISTINCT = 16
_GUESSABLE = (
    b"changeme",
    b"change-me",
    b"secret",
    b"password",
    b"motdepasse",
    b"exemple",
    b"example",
)
_HEADING = (
    "# Secrets of this installation. Keep a copy apart from the backups; show it to nobody.\n"
)


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """Keys that only the server knows.

    Attributes
    ----------
    event_key
        Seals the chain of events.
    signing_key
        Derives tokens and links, and seals what must not be guessed.
    """

    event_key: bytes
    signing_key: bytes

    def __repr__(self) -> str:
        """Show that there are secrets, and none of them."""
        return "Secrets(…)"


def make_secrets() -> Secrets:
    """Return new secrets from the machine's source of randomness."""
    return Secrets(secrets.token_bytes(LENGTH), secrets.token_bytes(LENGTH))


def save_secrets(made: Secrets, path: Path) -> None:
    """Write secrets to a new file that only its owner can read.

    Parameters
    ----------
    made
        What to keep.
    path
        Must not exist yet.

    Raises
    ------
    InputError
        When it exists, or cannot be written.
    """
    lines = [
        f'{each.name} = "{urlsafe_b64encode(getattr(made, each.name)).decode().rstrip("=")}"\n'
        for each in fields(made)
    ]
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        expected = "pas encore de fichier de secrets"
        raise refusal(
            "already-initialised", str(path), str(path), "un fichier", expected
        ) from error
    except OSError as error:
        expected = "un dossier où l’on peut écrire"
        raise refusal("folder-unusable", str(path), str(path), error.strerror, expected) from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_HEADING)
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def load_secrets(path: Path) -> Secrets:
    """Read secrets, and refuse those that protect nothing.

    Parameters
    ----------
    path
        File that :func:`save_secrets` wrote, or one made by hand.

    Returns
    -------
    Secrets
        Strong, and seen by nobody else.

    Raises
    ------
    InputError
        When the file is missing, readable by others, or holds a secret that
        is missing, short, repeated, guessable, or an example.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        expected = "le fichier créé par « tus init »"
        raise refusal("secrets-missing", str(path), str(path), error.strerror, expected) from error
    if mode & 0o077:
        raise refusal("others-can-read", str(path), str(path), f"droits {mode:03o}", "droits 600")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _weak(str(path), str(path), "pas du TOML", "le fichier de « tus init »") from error
    names = [each.name for each in fields(Secrets)]
    found = {name: _read(values.get(name)) for name in names}
    problems = [each for each in found.values() if isinstance(each, str)]
    if problems:
        raise InputError(
            str(path),
            tuple(_complaint(name, each) for name, each in found.items() if isinstance(each, str)),
        )
    keys = {name: each for name, each in found.items() if isinstance(each, bytes)}
    if len(set(keys.values())) < len(keys):
        raise _weak(str(path), names[-1], "deux fois le même secret", "un secret par usage")
    return Secrets(**keys)


def _read(text: object) -> bytes | str:
    """Return the key, or what is wrong with it in French."""
    if not isinstance(text, str) or not text:
        return "rien"
    if text == EXAMPLE:
        return "l’exemple de la documentation"
    if _is_guessable(text.encode()):
        return "un mot que l’on devine"
    try:
        key = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return "autre chose que du base64"
    return _fault(key) or key


def _fault(key: bytes) -> str | None:
    if len(key) < LENGTH:
        return f"{len(key)} octets"
    if len(set(key)) < _FEWEST_DISTINCT:
        return "presque toujours le même octet"
    return "un mot que l’on devine" if _is_guessable(key) else None


def _is_guessable(text: bytes) -> bool:
    return any(word in text.lower() for word in _GUESSABLE)


def _complaint(name: str, found: str) -> Problem:
    return problem(
        "weak-secret", name, found, f"au moins {LENGTH} octets tirés au hasard, en base64"
    )


def _weak(source: str, where: str, found: str, expected: str) -> InputError:
    return refusal("weak-secret", source, where, found, expected)
