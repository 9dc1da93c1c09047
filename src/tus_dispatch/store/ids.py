"""Identities nobody can guess: a short word and 128 random bits."""

from base64 import b32encode
from secrets import token_bytes

_N_BYTES = 16


def new_id(prefix: str) -> str:
    """Make an identity that can stand in a scenario file and in an address.

    Parameters
    ----------
    prefix
        Three letters that tell people what it names.

    Returns
    -------
    str
        Prefix, underscore, 26 letters and digits; 128 bits from the system.
    """
    return f"{prefix}_{b32encode(token_bytes(_N_BYTES)).decode('ascii').rstrip('=').lower()}"
