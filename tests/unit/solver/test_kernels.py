"""One switch for all kernels, and machine code that is never older than its sources."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kernel_results import N_CROWDED, N_DAYS, N_ROUTES, kernel_results, search_results
from tus_dispatch.solver import evaluation, jit

REPOSITORY = Path(__file__).resolve().parents[3]


def test_compiled_and_interpreted_kernels_agree() -> None:
    path = os.pathsep.join((str(REPOSITORY), os.environ.get("PYTHONPATH", "")))
    environment = os.environ | {"TUS_INTERPRETED": "1", "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.kernel_results"]

    printed = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, check=True, text=True
    ).stdout

    interpreted, compiled = json.loads(printed), [kernel_results(), search_results()]
    assert hasattr(evaluation.evaluate_in, "py_func")
    assert [len(results) for results in compiled] == [N_ROUTES, N_DAYS + N_CROWDED]
    for plain, machine in zip(interpreted, compiled, strict=True):
        assert [at for at, found in enumerate(machine) if found != plain[at]] == []


def test_every_module_with_kernels_is_a_kernel_source() -> None:
    pattern = re.compile(r"^@(?:inner_kernel|kernel|part_of_kernel)$", re.MULTILINE)
    with_kernels = {
        path.relative_to(jit.SOURCES).as_posix()
        for path in jit.SOURCES.rglob("*.py")
        if pattern.search(path.read_text(encoding="utf-8"))
    }

    assert with_kernels
    assert with_kernels - set(jit.KERNEL_SOURCES) == set()


def test_what_kernels_read_when_compiled_comes_from_kernel_sources() -> None:
    # Constants become part of the machine code.
    pattern = re.compile(r"^from tus_dispatch\.(\S+) import ([^(\n]+|\([^)]+\))", re.MULTILINE)
    foreign = {
        (source, module, name.strip())
        for source in jit.KERNEL_SOURCES
        for module, names in pattern.findall((jit.SOURCES / source).read_text(encoding="utf-8"))
        for name in names.strip("()").split(",")
        if name.strip().isupper()
        and f"{module.removeprefix('solver.')}.py" not in jit.KERNEL_SOURCES
    }

    assert foreign == set()


@pytest.mark.parametrize("name", jit.KERNEL_SOURCES)
def test_another_source_has_another_cache_folder(name: str, tmp_path: Path) -> None:
    for source in jit.KERNEL_SOURCES:
        shutil.copy(jit.SOURCES / source, tmp_path / source)
    assert jit.cache_folder(tmp_path) == jit.cache_folder()

    with (tmp_path / name).open("a", encoding="utf-8") as source_file:
        source_file.write("# changed\n")

    assert jit.cache_folder(tmp_path) != jit.cache_folder()
