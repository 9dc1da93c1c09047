"""Everything a plan leaves behind in a folder: readable with nothing running."""

import hashlib
import os
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tus_dispatch.desk.codes import refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import ShiftId
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
RouteLines = Mapping[tuple[ShiftId, int], Sequence[LonLat]]

_SHEET_ENDINGS = (".html", ".pdf", ".ics", ".gpx")
_STAGING = ".tus-"
DAYTIME_PAGE, DAYTIME_DATA = "daytime.html", "daytime.json"
# Some disks and mail programs refuse these, or read something into them.
_UNSAFE = frozenset('<>:"/\\|?*%#&$`;')
_LONGEST_NAME_BYTES = 100


def write_outputs(
    plan: Plan,
    matrix: TravelMatrix,
    folder: Path,
    *,
    lines: RouteLines,
    roads: Iterable[Sequence[LonLat]] | None,
    extra: Mapping[str, str] = MappingProxyType({}),
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
    extra
        Further files by name; the map links to the page on the middle of the
        day where that is among them.

    Returns
    -------
    tuple of Path
        The files, ``plan.json`` last: where it is, all others are.

    Raises
    ------
    InputError
        When the folder cannot be written; what it held is then still there.
    """
    return write_contents(contents_of(plan, matrix, lines, roads, extra), folder, is_plan=True)


def write_contents(
    contents: Mapping[str, str | bytes], folder: Path, *, is_plan: bool = False
) -> tuple[Path, ...]:
    """Write files so that each is there whole or not at all.

    Parameters
    ----------
    contents
        By path inside the folder, in the order of writing.
    folder
        Made when missing.
    is_plan
        Whether they are all files of a plan; then those of an older plan are
        removed.

    Returns
    -------
    tuple of Path
        The files.

    Raises
    ------
    InputError
        When the folder cannot be written; what it held is then still there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(f"{_STAGING}*"):
            shutil.rmtree(stale, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(dir=folder, prefix=_STAGING))
        try:
            return _put(contents, staging, folder, is_plan=is_plan)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror) from error


def write_text(path: Path, text: str, *, option: str) -> None:
    """Write one file whole, or leave what was there.

    Parameters
    ----------
    path
        Its folder exists.
    text
        What to write.
    option
        Option that named the path, for the complaint.

    Raises
    ------
    InputError
        When it cannot be written.
    """
    staged = path.with_name(f"{_STAGING}{path.name}")
    try:
        staged.write_text(text, encoding="utf-8", newline="\n")
        staged.replace(path)
    except OSError as error:
        staged.unlink(missing_ok=True)
        expected = "un fichier dans un dossier où l’on peut écrire"
        why = error.strerror or path
        raise refusal("file-unwritable", str(path), option, why, expected) from error


def contents_of(
    plan: Plan,
    matrix: TravelMatrix,
    lines: RouteLines,
    roads: Iterable[Sequence[LonLat]] | None,
    extra: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str | bytes]:
    """Return every file of a plan by its path inside the folder.

    Parameters
    ----------
    plan, matrix, lines, roads, extra
        As for :func:`write_outputs`.

    Returns
    -------
    dict
        In the order of writing, ``plan.json`` last.
    """
    contents: dict[str, str | bytes] = {
        "plan.geojson": geojson_text(plan_geojson(plan, lines)),
        "map.html": map_html(
            plan, lines, roads, daytime=DAYTIME_PAGE if DAYTIME_PAGE in extra else None
        ),
        "kpis.json": kpis_text(plan, figures(plan, matrix)),
    }
    names = _names_of_sheets(plan)
    for sheet in run_sheets(plan):
        name = f"sheets/{names[ShiftId(sheet.shift)]}"
        contents[f"{name}.html"] = run_sheet_html(sheet)
        contents[f"{name}.pdf"] = run_sheet_pdf(sheet)
        contents[f"{name}.ics"] = run_sheet_ics(sheet)
        contents[f"{name}.gpx"] = run_sheet_gpx(sheet)
    contents |= extra
    contents["plan.json"] = dump_plan(plan)
    return contents


def expect_writable(folder: Path) -> None:
    """Complain about a folder for results before anything is worked out.

    Parameters
    ----------
    folder
        Need not exist yet; it is not made.

    Raises
    ------
    InputError
        When it is no folder, or nothing may be written there.
    """
    there = next((each for each in (folder, *folder.parents) if each.exists()), None)
    if there is None or not there.is_dir():
        raise _unwritable(there or folder, "pas un dossier")
    if not os.access(there, os.W_OK | os.X_OK):
        raise _unwritable(there, "écriture refusée")


def sheet_names(shifts: Sequence[ShiftId]) -> dict[ShiftId, str]:
    """Name the sheets of shifts so that every disk takes the names and keeps them apart.

    Parameters
    ----------
    shifts
        Any ids.

    Returns
    -------
    dict
        The id itself wherever that is safe; else something like it and a mark
        of its own.

    Examples
    --------
    >>> sheet_names([ShiftId("Lundi matin"), ShiftId("a/b")])
    {'Lundi matin': 'Lundi matin', 'a/b': 'a_b-c14cddc0'}
    """
    names: dict[ShiftId, str] = {}
    taken: set[str] = set()
    for shift in shifts:
        name = _safe(shift)
        # Some disks do not tell capitals or accents written in two ways apart.
        if name != shift or _folded(name) in taken:
            name = f"{name}-{hashlib.sha256(shift.encode()).hexdigest()[:8]}"
        taken.add(_folded(name))
        names[shift] = name
    return names


def _names_of_sheets(plan: Plan) -> dict[ShiftId, str]:
    """Name sheets as people call the shifts, and by identity where two are called the same."""
    shifts = plan.scenario.shifts
    titles = Counter(shift.title for shift in shifts)
    called = {
        shift.id: ShiftId(shift.title if titles[shift.title] == 1 else f"{shift.title} {shift.id}")
        for shift in shifts
    }
    names = sheet_names(list(called.values()))
    return {shift: names[title] for shift, title in called.items()}


def _safe(text: str) -> str:
    name = "".join("_" if c in _UNSAFE or not c.isprintable() else c for c in text).strip(" ")
    if name.startswith((".", "-", "~")):
        name = f"_{name[1:]}"
    name = name.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore")
    return f"{name[:-1]}_" if name.endswith((".", " ")) else name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _put(
    contents: Mapping[str, str | bytes], staging: Path, folder: Path, *, is_plan: bool
) -> tuple[Path, ...]:
    """Write every file whole beside its place, then move them all in."""
    (staging / "sheets").mkdir()
    for name, content in contents.items():
        with (staging / name).open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
    if is_plan:
        _clear(contents, folder)
    return tuple((staging / name).replace(folder / name) for name in contents)


def _clear(contents: Mapping[str, str | bytes], folder: Path) -> None:
    """Remove what an older plan has left and this one does not replace."""
    (folder / "sheets").mkdir(exist_ok=True)
    (folder / "plan.json").unlink(missing_ok=True)
    for name in (DAYTIME_PAGE, DAYTIME_DATA):
        # What an earlier filling said is not true of this plan.
        (folder / name).unlink(missing_ok=True)
    for old in (folder / "sheets").iterdir():
        if old.suffix in _SHEET_ENDINGS and f"sheets/{old.name}" not in contents:
            old.unlink()


def _unwritable(folder: Path, why: str | None) -> Exception:
    expected = "un dossier où l'on peut écrire"
    return refusal("folder-unwritable", str(folder), "--out", why or folder, expected)
