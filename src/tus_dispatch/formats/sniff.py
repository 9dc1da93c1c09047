"""Which format a file or folder is in, told by its content, never by its name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from tus_dispatch.errors import InputError
from tus_dispatch.formats.ain import is_ain, read_ain
from tus_dispatch.formats.barcelona import is_barcelona, read_barcelona
from tus_dispatch.formats.csv.read import read_csv_folder
from tus_dispatch.formats.foreign.codes import problem
from tus_dispatch.formats.foreign.imported import Imported
from tus_dispatch.formats.native.decode import decode, read_bytes
from tus_dispatch.formats.vroom.read import is_vroom, read_vroom


class ForeignFormat(StrEnum):
    """Formats a day can be imported from."""

    CSV = "csv"
    VROOM = "vroom"
    AIN = "ain"
    BARCELONA = "barcelona"


@dataclass(frozen=True, slots=True)
class DayChoice:
    """What the person at the keyboard says of the day, which wins over the file.

    Attributes
    ----------
    service_date
        The day, or None.
    name
        Its name, or None.
    """

    service_date: date | None = None
    name: str | None = None


_TESTS = (
    (ForeignFormat.AIN, is_ain),
    (ForeignFormat.BARCELONA, is_barcelona),
    (ForeignFormat.VROOM, is_vroom),
)
_READERS = {ForeignFormat.AIN: read_ain, ForeignFormat.BARCELONA: read_barcelona}


def import_day(
    path: Path, wanted: ForeignFormat | None = None, choice: DayChoice | None = None
) -> Imported:
    """Read a day from a file or folder of another program.

    Parameters
    ----------
    path
        A folder of CSV files, or a JSON file.
    wanted
        The format, or None to look at the content.
    choice
        Date and name, if they are to be set.

    Returns
    -------
    Imported
        The scenario, its format and what was assumed.

    Raises
    ------
    InputError
        With everything that is wrong, or when the format is none we know.
    """
    choice = choice or DayChoice()
    if path.is_dir() or wanted is ForeignFormat.CSV:
        if wanted not in (None, ForeignFormat.CSV):
            raise _unknown(path, "un dossier", f"un fichier JSON pour --format {wanted.value}")
        if not path.is_dir():
            raise _unknown(path, "un fichier", "le dossier qui contient les fichiers CSV")
        scenario = read_csv_folder(path, service_date=choice.service_date, name=choice.name)
        return Imported(scenario, ForeignFormat.CSV.value)
    data = _json(path)
    kind = wanted or _sniffed(path, data)
    if kind is ForeignFormat.VROOM:
        return read_vroom(data, str(path), service_date=choice.service_date, name=choice.name)
    scenario = _READERS[kind](data, str(path), service_date=choice.service_date, name=choice.name)
    note = () if scenario.note is None else (scenario.note,)
    return Imported(scenario, kind.value, note)


def _json(path: Path) -> Any:
    content = read_bytes(path)
    if content.lstrip()[:1] not in (b"{", b"[", b"\xef"):
        expected = "un fichier JSON, ou un dossier de fichiers CSV"
        raise _unknown(path, "un autre fichier", expected)
    decoded = decode(content, str(path))
    if decoded.problems:
        raise InputError(str(path), decoded.problems)
    return decoded.data


def _sniffed(path: Path, data: Any) -> ForeignFormat:
    for kind, test in _TESTS:
        if test(data):
            return kind
    if isinstance(data, dict) and str(data.get("format", "")).startswith("tus-scenario/"):
        expected = "un fichier d'un autre logiciel ; celui-ci est déjà une journée"
        raise _unknown(path, "tus-scenario", expected)
    keys = ", ".join(map(str, data))[:60] if isinstance(data, dict) else "une liste"
    raise _unknown(path, keys, "un problème VROOM, ou un fichier de l'Ain ou de Barcelone")


def _unknown(path: Path, value: str, expected: str) -> InputError:
    return InputError(str(path), (problem("unknown-format", str(path), value, expected),))
