"""`tus roads`: what the terminal shows of a network, and how it refuses."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.unit.network.rural import Land, rural_land
from tus_dispatch.cli import roads
from tus_dispatch.errors import InputError

app = typer.Typer()
app.command()(roads.build)
app.command()(roads.info)


def test_building_tells_what_was_read_kept_and_lost(tmp_path: Path) -> None:
    land = Land()
    land.way("secondary", *(land.point(x, 0) for x in (0, 1_000, 2_000)))
    land.way("residential", land.point(0, 9_000), land.point(600, 9_000))
    extract = land.write(tmp_path / "land.osm.pbf")

    result = CliRunner().invoke(app, ["build", str(extract), "-o", str(tmp_path / "land.npz")])

    assert result.exit_code == 0
    assert "Lu : 5 points, 3 segments, 2,6 km" in result.output
    lost = "Écarté, sans liaison avec le reste : 2 points, 1 segments, 0,6 km (23,1 %)"
    assert lost in result.output
    assert "Gardé : 2,0 km en 1 tronçons et 2 carrefours" in result.output
    assert "route secondaire" in result.output
    assert result.output.rstrip().endswith("© OpenStreetMap contributors (ODbL 1.0)")


def test_looking_at_a_network_tells_the_same(tmp_path: Path) -> None:
    extract = rural_land().write(tmp_path / "land.osm.gz")
    built = CliRunner().invoke(app, ["build", str(extract), "-o", str(tmp_path / "land.npz")])

    shown = CliRunner().invoke(app, ["info", str(tmp_path / "land.npz")])

    assert shown.exit_code == 0
    assert built.output.splitlines()[:5] == shown.output.splitlines()[:5]
    assert "© OpenStreetMap contributors" in shown.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build", "missing.osm.pbf", "-o", "out.npz"], "TUS-1201"),
        (["build", "land.txt", "-o", "out.npz"], "TUS-1202"),
        (["build", "missing.osm.pbf", "-o", "out.zip"], "TUS-1202"),
        (["info", "missing.npz"], "TUS-1204"),
    ],
)
def test_what_cannot_be_done_is_an_input_error(
    arguments: list[str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(app, arguments)

    assert isinstance(result.exception, InputError)
    assert result.exception.problems[0].code == code
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    extract = rural_land().write(tmp_path / "land.osm.pbf")
    (tmp_path / "file").write_bytes(b"")

    target = str(tmp_path / "file" / "out.npz")
    result = CliRunner().invoke(app, ["build", str(extract), "-o", target])

    assert isinstance(result.exception, InputError)
    assert result.exception.problems[0].code == "TUS-1207"
