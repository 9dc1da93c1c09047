"""What a driver must not know reaches no file that leaves the office."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.unit.formats import pdf_text
from tests.unit.formats.sheet_material import SECRETS, secret_plan
from tus_dispatch.domain.run_sheet import RunSheet
from tus_dispatch.formats.geojson import geojson_text, plan_geojson
from tus_dispatch.formats.gpx import run_sheet_gpx
from tus_dispatch.formats.ical import run_sheet_ics
from tus_dispatch.formats.map_svg import map_html
from tus_dispatch.formats.run_sheet_html import run_sheet_html
from tus_dispatch.formats.run_sheet_pdf import run_sheet_pdf
from tus_dispatch.planning.run_sheet import run_sheets


def _pdf(sheet: RunSheet) -> str:
    pdf = run_sheet_pdf(sheet)
    return "\n".join([pdf_text.text(pdf), *pdf_text.descriptions(pdf)])


def _ics(sheet: RunSheet) -> str:
    # Folded lines are joined, lest a secret hides across a fold.
    return run_sheet_ics(sheet).decode().replace("\r\n ", "")


SHEET_FILES: dict[str, Callable[[RunSheet], str]] = {
    "html": run_sheet_html,
    "pdf": _pdf,
    "ics": _ics,
    "gpx": run_sheet_gpx,
}


@cache
def _written(kind: str) -> tuple[str, ...]:
    return tuple(SHEET_FILES[kind](sheet) for sheet in run_sheets(secret_plan()))


@pytest.mark.parametrize("secret", SECRETS)
def test_every_secret_is_in_the_plan(secret: str) -> None:
    assert secret in repr(secret_plan())


@pytest.mark.parametrize("kind", SHEET_FILES)
@pytest.mark.parametrize("secret", SECRETS)
def test_no_sheet_tells_a_secret(kind: str, secret: str) -> None:
    for written in _written(kind):
        assert secret not in written


@pytest.mark.parametrize("secret", SECRETS)
def test_neither_map_nor_geojson_tells_a_secret(secret: str) -> None:
    plan = secret_plan()

    assert secret not in map_html(plan, {})
    assert secret not in geojson_text(plan_geojson(plan, {}))


@pytest.mark.parametrize("kind", SHEET_FILES)
def test_a_sheet_tells_what_the_driver_needs(kind: str) -> None:
    minibus, car = _written(kind)

    assert "Basile Z." in minibus
    assert "Le Hameau" in minibus
    if kind != "gpx":
        assert "Sonner deux fois." in minibus
        assert "01 99 00 00 11" in car


@pytest.mark.parametrize("kind", SHEET_FILES)
def test_numbers_of_bookings_and_people_stay_in_the_office(kind: str) -> None:
    for written in _written(kind):
        assert "R1:" not in written
        assert "R2:" not in written


def test_the_geojson_names_nobody_who_is_carried() -> None:
    written = geojson_text(plan_geojson(secret_plan(), {}))

    for name in ("Anne", "Basile", "Chloé", "01 99 00"):
        assert name not in written
