"""The files of a folder, found by name, bounded in size, never outside the folder."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.csv.cells import plain
from tus_dispatch.formats.csv.columns import Sheet
from tus_dispatch.formats.csv.rows import Bound, bind
from tus_dispatch.formats.csv.sheets import MATRIX, SHEETS
from tus_dispatch.formats.csv.table import decode, read_table
from tus_dispatch.formats.foreign.codes import problem
from tus_dispatch.formats.foreign.origins import Origins
from tus_dispatch.formats.native.decode import decode as decode_json

LARGEST_FILE = 4_000_000
LARGEST_MATRIX_FILE = 20_000_000
MOST_ROWS = 5_000
MOST_MATRIX_ROWS = 360_000
MOST_FILES = 1_000
LAW_FILE = "law.json"
DAYTIME_FILE = "daytime.json"
# Sections that are lists of objects with lists, and fit no table.
DAYTIME_SECTIONS = ("flexible_bookings", "group_events", "protected_targets")


def find_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Find the files of a day.

    Parameters
    ----------
    folder
        Where they are.

    Returns
    -------
    dict
        File by name of its sheet.
    list of Problem
        Files that are unknown or there twice.

    Raises
    ------
    InputError
        When the folder cannot be listed.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".csv")
    except OSError as error:
        reason = error.strerror or "illisible"
        wrong = problem("file-unreadable", str(folder), reason, "un dossier lisible")
        raise InputError(str(folder), (wrong,)) from error
    names = {plain(word): sheet for sheet in SHEETS for word in (sheet.name, *sheet.french)}
    found: dict[str, Path] = {}
    problems = []
    for path in paths[:MOST_FILES]:
        sheet = names.get(plain(path.stem))
        if sheet is None:
            near = get_close_matches(plain(path.stem), names, n=1, cutoff=0.5)
            expected = f"« {near[0]}.csv » peut-être" if near else "un nom de fichier connu"
            problems.append(problem("csv-unknown-file", path.name, path.name, expected))
        elif sheet.name in found:
            expected = f"un seul fichier « {sheet.name}.csv »"
            problems.append(problem("csv-folder", path.name, path.name, expected))
        else:
            found[sheet.name] = path
    if not found and not problems:
        expected = "au moins bookings.csv (ou reservations.csv)"
        problems.append(problem("csv-folder", str(folder), "aucun fichier CSV", expected))
    return found, problems


def load_tables(files: dict[str, Path]) -> tuple[dict[str, Bound], list[Problem]]:
    """Read every file and find its columns.

    Parameters
    ----------
    files
        By name of their sheet.

    Returns
    -------
    dict
        Tables by name of their sheet; files that are no tables are left out.
    list of Problem
        What is wrong with their shape.
    """
    tables: dict[str, Bound] = {}
    problems: list[Problem] = []
    for sheet in SHEETS:
        if sheet.name not in files:
            continue
        bound, wrong = _load(sheet, files[sheet.name])
        problems += wrong
        if bound is not None:
            tables[sheet.name] = bound
    return tables, problems


def load_law(folder: Path, origins: Origins) -> tuple[object, list[Problem]]:
    """Read the section ``law`` of a day, which is a file of its own.

    Parameters
    ----------
    folder, origins
        As for :func:`load_json`.

    Returns
    -------
    object
        Plain data, or None without such a file.
    list of Problem
        Why it could not be read.
    """
    return load_json(folder, LAW_FILE, {"/law": ""}, origins)


def load_daytime(folder: Path, origins: Origins) -> tuple[dict[str, object], list[Problem]]:
    """Read what may fill the middle of a day, which is a file of its own.

    Parameters
    ----------
    folder, origins
        As for :func:`load_json`.

    Returns
    -------
    dict
        The sections of the scenario, and ``policy`` with its key ``daytime``;
        empty without such a file.
    list of Problem
        Why it could not be read.
    """
    noted = {f"/{key}": f"/{key}" for key in (*DAYTIME_SECTIONS, "policy/daytime")}
    data, problems = load_json(folder, DAYTIME_FILE, noted, origins)
    if data is None or problems:
        return {}, problems
    if not isinstance(data, dict):
        return {}, [problem("wrong-type", f"{DAYTIME_FILE}#", data, "un objet { … }")]
    keys = (*DAYTIME_SECTIONS, "policy")
    strangers = [
        problem("unknown-key", f"{DAYTIME_FILE}#/{key}", key, ", ".join(keys))
        for key in data
        if key not in keys
    ]
    return {key: data[key] for key in keys if key in data}, strangers


def load_json(
    folder: Path, name: str, noted: Mapping[str, str], origins: Origins
) -> tuple[object, list[Problem]]:
    """Read a part of a day that is no table.

    Parameters
    ----------
    folder
        Where the files are.
    name
        Of the file.
    noted
        By place in the scenario, place in the file.
    origins
        Notes where the section came from.

    Returns
    -------
    object
        Plain data, or None without such a file.
    list of Problem
        Why it could not be read.
    """
    path = folder / name
    if not path.exists():
        return None, []
    content, problems = _content(path, LARGEST_FILE)
    if problems:
        return None, problems
    for there, here in noted.items():
        origins.note_tree(there, f"{name}#{here}")
    try:
        decoded = decode_json(content, name)
    except InputError as error:
        return None, list(error.problems)
    return decoded.data, list(decoded.problems)


def _load(sheet: Sheet, path: Path) -> tuple[Bound | None, list[Problem]]:
    content, problems = _content(path, LARGEST_MATRIX_FILE if sheet is MATRIX else LARGEST_FILE)
    if problems:
        return None, problems
    text, problems = decode(content, path.name)
    if problems:
        return None, problems
    most_rows = MOST_MATRIX_ROWS if sheet is MATRIX else MOST_ROWS
    table, problems = read_table(text, path.name, most_rows)
    if table is None:
        return None, problems
    if sheet.name == "day":
        return Bound(sheet, table, {}), problems
    bound, wrong = bind(sheet, table)
    return bound, problems + wrong


def _content(path: Path, largest: int) -> tuple[bytes, list[Problem]]:
    try:
        if path.parent.resolve() not in path.resolve().parents:
            expected = "un fichier du dossier lui-même"
            return b"", [problem("csv-link", path.name, "un lien", expected)]
        if not path.is_file():
            return b"", [problem("file-unreadable", path.name, "un dossier", "un fichier")]
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError as error:
        reason = error.strerror or "illisible"
        return b"", [problem("file-unreadable", path.name, reason, "un fichier lisible")]
    if len(content) > largest:
        expected = f"au plus {largest // 1_000_000} Mo"
        return b"", [problem("csv-too-large", path.name, "davantage", expected)]
    return content, []
