"""Secrets are made at random, kept from others, and refused when they protect nothing."""

import stat
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from tus_dispatch.desk.running.keys import EXAMPLE, load_secrets, make_secrets, save_secrets
from tus_dispatch.errors import InputError

GOOD = urlsafe_b64encode(bytes(range(32))).decode()
OTHER = urlsafe_b64encode(bytes(range(100, 132))).decode()


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "secrets.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def keys(event: str = GOOD, token: str = OTHER) -> str:
    return f'event_key = "{event}"\nsigning_key = "{token}"\n'


def complaint(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as told:
        load_secrets(path)
    return [(each.code, each.where, each.value) for each in told.value.problems]


def test_what_is_made_and_saved_is_read_back_and_hidden_from_others(tmp_path: Path) -> None:
    made, path = make_secrets(), tmp_path / "secrets.toml"

    save_secrets(made, path)

    assert load_secrets(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert make_secrets() != made


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    made = make_secrets()

    assert repr(made) == "Secrets(…)"
    assert f"{made}" == "Secrets(…)"


def test_a_file_of_secrets_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, keys())

    with pytest.raises(InputError) as told:
        save_secrets(make_secrets(), path)

    assert told.value.problems[0].code == "TUS-1605"
    assert path.read_text(encoding="utf-8") == keys()


def test_the_file_must_be_there(tmp_path: Path) -> None:
    assert complaint(tmp_path / "secrets.toml")[0][0] == "TUS-1602"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    path = written(tmp_path, keys(), mode)

    assert complaint(path) == [("TUS-1603", str(path), f"droits {mode:03o}")]


@pytest.mark.parametrize(
    ("secret", "found"),
    [
        ("", "rien"),
        ("changeme", "un mot que l’on devine"),
        ("Super-Secret-Key-That-Is-Long-Enough-0123456789", "un mot que l’on devine"),
        (EXAMPLE, "l’exemple de la documentation"),
        (urlsafe_b64encode(bytes(range(31))).decode(), "31 octets"),
        (urlsafe_b64encode(b"\0" * 32).decode(), "presque toujours le même octet"),
        (
            urlsafe_b64encode(b"my-changeme-key-0123456789-abcdef").decode(),
            "un mot que l’on devine",
        ),
        ("é" * 40, "autre chose que du base64"),
    ],
)
def test_a_secret_that_protects_nothing_is_refused_and_not_repeated(
    secret: str, found: str, tmp_path: Path
) -> None:
    path = written(tmp_path, keys(event=secret))

    assert complaint(path) == [("TUS-1604", "event_key", found)]


def test_every_weak_secret_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "")

    assert [where for _, where, _ in complaint(path)] == ["event_key", "signing_key"]


def test_one_secret_for_two_uses_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, keys(GOOD, GOOD))

    assert complaint(path) == [("TUS-1604", "signing_key", "deux fois le même secret")]


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    assert complaint(written(tmp_path, "event_key = "))[0][2] == "pas du TOML"


def test_the_example_in_the_documentation_is_the_one_that_is_refused() -> None:
    page = Path(__file__).parents[4] / "docs" / "running.md"

    assert EXAMPLE in page.read_text(encoding="utf-8")
