"""A service day as a folder of CSV files that a French spreadsheet opens and keeps intact."""

from dataclasses import asdict
from typing import Any

from tus_dispatch.domain.fleet import BreakRule
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.formats.csv.cells import write_cell
from tus_dispatch.formats.csv.columns import Column
from tus_dispatch.formats.csv.files import DAYTIME_FILE, DAYTIME_SECTIONS, LAW_FILE
from tus_dispatch.formats.csv.matrix import matrix_rows
from tus_dispatch.formats.csv.sheets import DAY, MATRIX, SHEETS
from tus_dispatch.formats.csv.table import write_table
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.scenario import scenario_data


def csv_files(scenario: Scenario) -> dict[str, bytes]:
    """Return the files of a day.

    Parameters
    ----------
    scenario
        Any scenario.

    Returns
    -------
    dict
        Content by file name. Every table is there, also an empty one, so that
        it can be filled in; the matrix only when travel times are explicit, the
        law and the middle of the day only where the scenario says something
        about them.
    """
    data = _spelled_out(scenario_data(scenario))
    files = {}
    for sheet in SHEETS:
        header = [column.name for column in sheet.columns]
        if sheet is DAY:
            header, rows = ["key", "value"], _day_rows(data)
        elif sheet is MATRIX:
            if data["travel"].get("source") != "matrix":
                continue
            rows = matrix_rows(data["travel"])
        elif sheet.owner is not None:
            owners, _, key = sheet.owner
            rows = [
                [write_cell(each["id"], sheet.columns[0].kind), *_cells(entry, sheet.columns[1:])]
                for each in data.get(owners, [])
                for entry in each.get(key, [])
            ]
        else:
            rows = [_cells(each, sheet.columns) for each in data.get(sheet.name, [])]
        files[f"{sheet.name}.csv"] = write_table(header, rows)
    if "law" in data:
        # Lists of communes fit no row; the section stays as the scenario has it.
        files[LAW_FILE] = lay_out(data["law"]).encode()
    daytime = {key: data[key] for key in DAYTIME_SECTIONS if key in data}
    if "daytime" in data.get("policy", {}):
        daytime["policy"] = {"daytime": data["policy"]["daytime"]}
    if daytime:
        files[DAYTIME_FILE] = lay_out(daytime).encode()
    return files


def _spelled_out(data: dict[str, Any]) -> dict[str, Any]:
    """Write what the scenario file leaves out where a blank cell would mean something else."""
    shifts = [dict(each) for each in data.get("shifts", [])]
    for each in shifts:
        for key in ("start", "end"):
            if isinstance(each[key], str):
                each[key] = {"earliest": each[key], "latest": each[key]}
        if "break" in each:
            usual = asdict(BreakRule())
            each["break"] = {k: v for k, v in usual.items() if v is not None} | each["break"]
    participants = [dict(each) for each in data.get("participants", [])]
    for each in participants:
        if "ride_limit" in each:
            each["ride_limit"] = asdict(RideLimit()) | each["ride_limit"]
    travel = {"source": "estimate"} | data.get("travel", {})
    return data | {"shifts": shifts, "participants": participants, "travel": travel}


def _day_rows(data: dict[str, Any]) -> list[list[str]]:
    cells = zip(DAY.columns, _cells(data, DAY.columns), strict=True)
    return [[column.name, cell] for column, cell in cells if cell]


def _cells(each: dict[str, Any], columns: tuple[Column, ...]) -> list[str]:
    return [write_cell(_value(each, column.path), column.kind) for column in columns]


def _value(each: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not isinstance(each, dict):
            return None
        each = each.get(key)
    return each
