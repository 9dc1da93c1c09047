"""A benchmark file of either family, told apart by the width of its lines."""

from pathlib import Path

from tus_dispatch.errors import InputError
from tus_dispatch.formats import cordeau, li_lim
from tus_dispatch.formats.foreign.codes import problem
from tus_dispatch.formats.foreign.number_rows import number_rows
from tus_dispatch.formats.literature import LiteratureInstance
from tus_dispatch.formats.native.decode import read_bytes


def read_literature(path: Path, *, ride_limit: bool = True) -> LiteratureInstance:
    """Read a dial-a-ride file of Cordeau or a pickup-and-delivery file of Li and Lim.

    Parameters
    ----------
    path
        The file.
    ride_limit
        Whether the longest stay aboard holds, where the file has one.

    Returns
    -------
    LiteratureInstance
        Ready for the kernels.

    Raises
    ------
    InputError
        When the file is neither, or with every row that is wrong.
    """
    source = str(path)
    try:
        text = read_bytes(path).decode("ascii")
    except UnicodeDecodeError as error:
        wrong = problem("unknown-format", source, "des octets", "un fichier de nombres")
        raise InputError(source, (wrong,)) from error
    header, first, *_ = number_rows(text, source)
    shape = (len(header.values), len(first.values))
    if shape == (cordeau.HEADER_COLUMNS, cordeau.COLUMNS):
        return cordeau.read_cordeau(text, source, ride_limit=ride_limit)
    if shape == (li_lim.HEADER_COLUMNS, li_lim.COLUMNS):
        return li_lim.read_li_lim(text, source)
    value = f"{shape[0]} nombres en tête, {shape[1]} par ligne"
    expected = "5 puis 7 nombres (Cordeau), ou 3 puis 9 (Li et Lim)"
    raise InputError(source, (problem("unknown-format", source, value, expected),))
