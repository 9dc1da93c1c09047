"""Where a list goes on: an opaque text that means nothing to whoever holds it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from tus_dispatch.errors import InputError
from tus_dispatch.store.codes import problem


def cursor_after(created_at: int, identity: str) -> str:
    """Make the cursor that stands behind a record.

    Parameters
    ----------
    created_at, identity
        Of the last record of a page.

    Returns
    -------
    str
        Fit for an address.
    """
    return urlsafe_b64encode(f"{created_at}|{identity}".encode()).decode("ascii").rstrip("=")


def read_cursor(cursor: str) -> tuple[int, str]:
    """Read a cursor.

    Parameters
    ----------
    cursor
        As made by :func:`cursor_after`.

    Returns
    -------
    tuple of int and str
        Instant and identity of the record it stands behind.

    Raises
    ------
    InputError
        When it was never made here.
    """
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        created, _, identity = (
            urlsafe_b64decode(padded.encode("ascii")).decode("utf-8").partition("|")
        )
        return int(created), identity
    except ValueError as error:
        expected = "next_cursor de la page précédente"
        raise InputError(
            "cursor", (problem("unusable-cursor", "cursor", cursor, expected),)
        ) from error
