"""Everything a plan leaves behind in a folder: readable with nothing running."""

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.formats.geojson import geojson_text, plan_geojson
from tus_dispatch.formats.gpx import run_sheet_gpx
from tus_dispatch.formats.ical import run_sheet_ics
from tus_dispatch.formats.kpis import kpis_text
from tus_dispatch.formats.map_svg import map_html
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.run_sheet_html import run_sheet_html
from tus_dispatch.formats.run_sheet_pdf import run_sheet_pdf
from tus_dispatch.planning.figures import figures
from tus_dispatch.planning.run_sheet import run_sheets

LonLat = tuple[float, float]
RouteLines = Mapping[tuple[str, int], Sequence[LonLat]]


def write_outputs(
    plan: Plan,
    matrix: TravelMatrix,
    folder: Path,
    *,
    lines: RouteLines,
    roads: Iterable[Sequence[LonLat]] | None,
) -> tuple[Path, ...]:
    """Write plan, map, figures and every sheet.

    Parameters
    ----------
    plan
        Judged before.
    matrix
        Its travel times.
    folder
        Made when missing. Sheets of an older plan in it are removed.
    lines
        By shift and index of a stop, the drive into it as longitude and
        latitude.
    roads
        Roads to draw below the rounds, or None.

    Returns
    -------
    tuple of Path
        The files, ``plan.json`` last: where it is, all others are.
    """
    contents: dict[str, str | bytes] = {
        "plan.geojson": geojson_text(plan_geojson(plan, lines)),
        "map.html": map_html(plan, lines, roads),
        "kpis.json": kpis_text(plan, figures(plan, matrix)),
    }
    for sheet in run_sheets(plan):
        contents[f"sheets/{sheet.shift}.html"] = run_sheet_html(sheet)
        contents[f"sheets/{sheet.shift}.pdf"] = run_sheet_pdf(sheet)
        contents[f"sheets/{sheet.shift}.ics"] = run_sheet_ics(sheet)
        contents[f"sheets/{sheet.shift}.gpx"] = run_sheet_gpx(sheet)
    contents["plan.json"] = dump_plan(plan)
    _remove_old(folder, set(contents))
    return tuple(_write(folder / name, content) for name, content in contents.items())


def _remove_old(folder: Path, kept: set[str]) -> None:
    """Take away what an older plan left: first its plan, then sheets no shift has any more."""
    (folder / "plan.json").unlink(missing_ok=True)
    for old in (folder / "sheets").glob("*"):
        if old.suffix in {".html", ".pdf", ".ics", ".gpx"} and f"sheets/{old.name}" not in kept:
            old.unlink()


def _write(path: Path, content: str | bytes) -> Path:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(path)
    return path
