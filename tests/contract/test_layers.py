"""The import contracts of pyproject.toml hold."""

import subprocess
import sys
import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_import_contract_is_kept() -> None:
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    expected = len(contracts["tool"]["importlinter"]["contracts"])
    program = "from importlinter.cli import lint_imports_command as main; main()"

    run = subprocess.run(
        [sys.executable, "-c", program, "--no-logo", "--no-cache"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert f"Contracts: {expected} kept, 0 broken." in run.stdout
