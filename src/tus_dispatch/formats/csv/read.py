"""A folder of CSV files read as one service day; all mistakes of all files are told at once."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.csv.cells import plain, unguarded
from tus_dispatch.formats.csv.columns import Sheet
from tus_dispatch.formats.csv.files import find_files, load_daytime, load_law, load_tables
from tus_dispatch.formats.csv.matrix import read_matrix
from tus_dispatch.formats.csv.rows import Bound, put, read_row, unknown_name
from tus_dispatch.formats.csv.sheets import DAY, MATRIX, SHEETS
from tus_dispatch.formats.csv.table import TableRow
from tus_dispatch.formats.foreign.codes import CODES, problem
from tus_dispatch.formats.foreign.origins import Origins
from tus_dispatch.formats.native.document import FORMAT
from tus_dispatch.formats.scenario import scenario_from_data, with_zone_read

# Where sections end up whose file could not be read: told already, once.
_TOLD = "-"
_KEY_HEADERS = frozenset({"key", "cle", "champ"})


@dataclass(slots=True)
class _Draft:
    """A scenario while it is put together from tables."""

    data: dict[str, Any] = field(default_factory=lambda: {"format": FORMAT})
    origins: Origins = field(default_factory=Origins)
    problems: list[Problem] = field(default_factory=list)


def read_csv_folder(
    folder: Path, *, service_date: date | None = None, name: str | None = None
) -> Scenario:
    """Read the files of a folder as one day.

    Parameters
    ----------
    folder
        Holds ``bookings.csv`` and the other files of ``docs/import.md``.
    service_date, name
        Win over those of ``day.csv``. Without a name anywhere, the folder's.

    Returns
    -------
    Scenario
        Checked as a whole.

    Raises
    ------
    InputError
        With every mistake, by file, line and column.
    """
    files, problems = find_files(folder)
    tables, wrong = load_tables(files)
    draft = _Draft(problems=problems + wrong)
    for unread in files.keys() - tables.keys() - {DAY.name, MATRIX.name}:
        # Not a list: then nobody complains that its ids are unknown elsewhere.
        draft.data[unread] = None
        draft.origins.note(f"/{unread}", _TOLD)
    _read_day(draft, tables.get(DAY.name))
    draft.data["law"], wrong = load_law(folder, draft.origins)
    draft.problems += wrong
    _read_daytime(draft, folder)
    _read_objects(draft, tables)
    _read_owned(draft, tables)
    if MATRIX.name in tables:
        draft.problems += read_matrix(tables[MATRIX.name], draft.data, draft.origins)
    if service_date is not None:
        draft.data["service_date"] = service_date.isoformat()
    if name is not None or "name" not in draft.data:
        draft.data["name"] = name or folder.resolve().name or "Journée importée"
    draft.data.setdefault("territory", {}).setdefault("name", draft.data["name"])
    return with_zone_read(_checked(draft, str(folder), files), folder)


def _checked(draft: _Draft, source: str, files: dict[str, Path]) -> Scenario:
    order = [path.name for sheet in SHEETS if (path := files.get(sheet.name))]
    if "service_date" not in draft.data:
        expected = "une ligne « date ;2026-03-10 », ou l'option --date"
        where = files[DAY.name].name if DAY.name in files else "day.csv"
        draft.problems.append(problem("csv-missing-column", where, "rien", expected))
        draft.origins.note("/service_date", where)
    try:
        scenario = scenario_from_data(draft.data, source)
    except InputError as error:
        joined = draft.origins.raised(source, error, draft.problems)
        excused = {_TOLD} | _headers_with_unknown_columns(draft.problems)
        told = tuple(each for each in joined.problems if each.where not in excused)
        raise InputError(source, _in_order(told, order)) from error
    if draft.problems:
        raise InputError(source, _in_order(tuple(draft.problems), order))
    return scenario


def _headers_with_unknown_columns(problems: list[Problem]) -> set[str]:
    """Find headers in which a column is misspelt: then it is not missing as well."""
    unknown = CODES["csv-unknown-column"].code
    return {each.where.rpartition(":")[0] for each in problems if each.code == unknown}


def _in_order(problems: tuple[Problem, ...], files: list[str]) -> tuple[Problem, ...]:
    def key(each: Problem) -> tuple[int, int, int]:
        match = re.match(r"([^:]*)(?::(\d+))?(?::(\d+))?", each.where)
        file, line, column = match.groups() if match else ("", None, None)
        position = files.index(file) if file in files else len(files)
        return position, int(line or 0), int(column or 0)

    return tuple(sorted(problems, key=key))


def _read_daytime(draft: _Draft, folder: Path) -> None:
    found, wrong = load_daytime(folder, draft.origins)
    draft.problems += wrong
    policy = found.pop("policy", None)
    if isinstance(policy, dict) and "daytime" in policy:
        draft.data.setdefault("policy", {})["daytime"] = policy["daytime"]
    draft.data |= found


def _read_day(draft: _Draft, bound: Bound | None) -> None:
    """Read keys and values, one pair per line; a header line is allowed."""
    if bound is None:
        return
    table, names = bound.table, DAY.names()
    width = len(table.labels)
    first = TableRow(table.header_line, table.labels)
    rows = table.rows if table.header[0] in _KEY_HEADERS else (first, *table.rows)
    seen: set[str] = set()
    for row in rows:
        key, cell = row.cells[0].strip(), row.cells[1] if width > 1 else ""
        where = f"{table.file}:{row.line}"
        column = names.get(plain(key))
        if column is None:
            draft.problems.append(unknown_name(f"{where}:1", key, names))
            continue
        if column.name in seen:
            expected = f"une seule ligne « {column.name} »"
            draft.problems.append(problem("csv-twice", f"{where}:1", key, expected))
            continue
        seen.add(column.name)
        place = f"{where}:2 ({key})"
        pointer = ""
        for part in column.path:
            pointer += f"/{part}"
            draft.origins.note(pointer, place)
        put(draft.data, column, cell, place, draft.problems)


def _read_objects(draft: _Draft, tables: dict[str, Bound]) -> None:
    for sheet in SHEETS:
        if sheet in (DAY, MATRIX) or sheet.owner is not None or sheet.name not in tables:
            continue
        bound = tables[sheet.name]
        made = draft.data.setdefault(sheet.name, [])
        draft.origins.note(f"/{sheet.name}", bound.table.file)
        for index, row in enumerate(bound.table.rows):
            pointer = f"/{sheet.name}/{index}"
            each, problems = read_row(bound, row, pointer, draft.origins)
            draft.problems += problems
            if sheet.name == "shifts":
                _complete_shift(each)
            if "price_eur_cents" in each:
                each.setdefault("required", False)
            made.append(each)


def _complete_shift(shift: dict[str, Any]) -> None:
    """Say what the scenario wants said: no driver is an open shift, one time a fixed hour."""
    shift.setdefault("driver", None)
    for key in ("start", "end"):
        bounds = shift.get(key, {})
        if len(bounds) == 1:
            shift[key] = next(iter(bounds.values()))


def _read_owned(draft: _Draft, tables: dict[str, Bound]) -> None:
    for sheet in SHEETS:
        if sheet.owner is not None and sheet.name in tables:
            _read_owned_sheet(draft, sheet, sheet.owner, tables[sheet.name])


def _read_owned_sheet(
    draft: _Draft, sheet: Sheet, owner: tuple[str, str, str], bound: Bound
) -> None:
    table, owner_column, key = owner
    if table in draft.data and draft.data[table] is None:
        return
    owners = {each.get("id"): i for i, each in enumerate(draft.data.get(table, []))}
    column = next(c for c in sheet.columns if c.name == owner_column)
    for row in bound.table.rows:
        named = unguarded(bound.cell(row, column))
        position = owners.get(named)
        if position is None:
            expected = f"un identifiant de {table}.csv"
            where = bound.where(row, column)
            draft.problems.append(problem("csv-unknown-owner", where, named, expected))
            continue
        entries = draft.data[table][position].setdefault(key, [])
        pointer = f"/{table}/{position}/{key}/{len(entries)}"
        each, problems = read_row(bound, row, pointer, draft.origins)
        draft.problems += problems
        entries.append(each)
