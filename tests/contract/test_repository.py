"""What every file of the repository keeps to."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("src", "tests", "benchmarks")
UNTRACKED_FOLDERS = {".git", ".venv", "out", "build", "dist", "__pycache__"}
LONGEST_FILE = 400
HEADINGS = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]

# In pieces, so that this file does not contain what it looks for.
PRIVATE = re.compile(
    "|".join(
        [
            r"\bpypi\." + r"org",
            r"\bfiles\.python" + r"hosted",
            r"\bregistry\." + r"npmjs",
            r"\bdeb\." + r"debian\.org",
            r"(?<![\w.])/(?:root|home|Users|opt|work|tmp)" + r"/\w",
            r"\bfile:" + r"//",
        ]
    )
)


def files() -> list[Path]:
    """Every file that is, or may be, committed."""
    git = shutil.which("git")
    if git and (REPOSITORY / ".git").exists():
        command = [git, "ls-files", "-co", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True).stdout
        paths = [REPOSITORY / name for name in listed.decode().split("\0") if name]
    else:
        paths = [
            path
            for path in REPOSITORY.rglob("*")
            if not UNTRACKED_FOLDERS.intersection(path.relative_to(REPOSITORY).parts[:-1])
            and not any(part.endswith("_cache") for part in path.parts)
        ]
    return [path for path in paths if path.is_file()]


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((REPOSITORY / folder).rglob("*.py"))


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*CODE_FOLDERS)
    }

    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = [
        f"{name(path)}:{number}: {match.group()}"
        for path in files()
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if (match := PRIVATE.search(line))
    ]

    assert found == []


@pytest.mark.parametrize("lock", ["runtime.lock", "dev.lock", "peers.lock"])
def test_every_locked_requirement_is_pinned_and_hashed(lock: str) -> None:
    text = (REPOSITORY / "requirements" / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    requirements = "\n".join(lines).replace("\\\n", " ").splitlines()

    careless = [
        requirement.split()[0]
        for requirement in requirements
        if requirement.strip() and ("==" not in requirement or "--hash=sha256:" not in requirement)
    ]

    assert requirements
    assert careless == []


def test_every_decision_has_the_five_headings() -> None:
    decisions = sorted((REPOSITORY / "docs" / "decisions").glob("[0-9]*.md"))

    wrong = {
        name(path): headings
        for path in decisions
        if (headings := re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
        != HEADINGS
    }

    assert decisions
    assert wrong == {}


def test_every_decision_is_in_the_index() -> None:
    folder = REPOSITORY / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in folder.glob("[0-9]*.md") if f"({path.name})" not in index] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(path)
        for path in modules("src")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []
