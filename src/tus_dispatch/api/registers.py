"""Every code of the package by its number, so that a problem document can say more of it."""

from functools import cache

from tus_dispatch.api.codes import CODES as API_CODES
from tus_dispatch.desk.codes import CODES as DESK_CODES
from tus_dispatch.desk.live.codes import CODES as LIVE_CODES
from tus_dispatch.errors import CODES as INPUT_CODES
from tus_dispatch.errors import Code
from tus_dispatch.formats.foreign.codes import CODES as FOREIGN_CODES
from tus_dispatch.network.codes import CODES as TRAVEL_CODES
from tus_dispatch.store.codes import CODES as STORE_CODES

_REGISTERS = (
    INPUT_CODES,
    TRAVEL_CODES,
    FOREIGN_CODES,
    DESK_CODES,
    LIVE_CODES,
    STORE_CODES,
    API_CODES,
)


@cache
def _by_number() -> dict[str, Code]:
    return {entry.code: entry for register in _REGISTERS for entry in register.values()}


def code_of(number: str) -> Code:
    """Return the entry of a code.

    Parameters
    ----------
    number
        ``TUS-nnnn``.

    Returns
    -------
    Code
        From the register that has it.

    Raises
    ------
    KeyError
        When no register has it.
    """
    return _by_number()[number]
