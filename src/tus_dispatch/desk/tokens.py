"""Random words that open something: long, unguessable, and kept only as their hash."""

import hashlib
import hmac
import secrets
from base64 import b32encode, urlsafe_b64encode

_BYTES = 32
_PIN_DIGITS = 6


def new_token() -> str:
    """Return a new random word.

    Returns
    -------
    str
        256 random bits, safe in addresses and headers.
    """
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """Return what is kept of a word.

    Parameters
    ----------
    token
        As given out.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def derived_token(key: bytes, purpose: str, name: str) -> str:
    """Return the word that belongs to a name, the same each time.

    Parameters
    ----------
    key
        Secret of the installation, at least 256 bits.
    purpose
        What the word opens.
    name
        Random identity of what it opens.

    Returns
    -------
    str
        256 bits nobody can tell from random ones without the key. So a
        repeated request is answered with the same word, though it is kept
        nowhere.
    """
    mac = hmac.digest(key, f"{purpose}\0{name}".encode(), "sha256")
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def derived_pin(key: bytes, name: str) -> str:
    """Return the PIN that belongs to a driver's link.

    Parameters
    ----------
    key
        Secret of the installation.
    name
        Random identity of the link.

    Returns
    -------
    str
        Six digits.
    """
    mac = hmac.digest(key, f"pin\0{name}".encode(), "sha256")
    return f"{int.from_bytes(mac) % 10**_PIN_DIGITS:0{_PIN_DIGITS}d}"


def derived_password(key: bytes, name: str) -> str:
    """Return the first password that belongs to a request for an account.

    Parameters
    ----------
    key
        Secret of the installation.
    name
        Random identity of the request.

    Returns
    -------
    str
        Four groups of six letters and digits, 120 bits, fit to be read out.
    """
    mac = hmac.digest(key, f"password\0{name}".encode(), "sha256")
    text = b32encode(mac[:15]).decode().lower()
    return "-".join(text[at : at + 6] for at in range(0, 24, 6))


def derived_totp_secret(key: bytes, name: str) -> str:
    """Return the second factor that belongs to a request for an account.

    Parameters
    ----------
    key
        Secret of the installation.
    name
        Random identity of the request.

    Returns
    -------
    str
        160 bits in base32.
    """
    return b32encode(hmac.digest(key, f"totp\0{name}".encode(), "sha256")[:20]).decode()
