"""French dates, numbers and lengths."""

from datetime import date

import pytest

from tus_dispatch.formats.pages import dialled
from tus_dispatch.formats.wording import counted, duration, kilometres, long_date, shortened


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 8, 1), "samedi 1er août 2026"),
        (date(2026, 12, 25), "vendredi 25 décembre 2026"),
        (date(2028, 2, 29), "mardi 29 février 2028"),
    ],
)
def test_dates_are_written_as_people_say_them(day: date, words: str) -> None:
    assert long_date(day) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 personne"), (1, "1 personne"), (2, "2 personnes")]
)
def test_nought_and_one_are_singular(number: int, words: str) -> None:
    assert counted(number, "personne") == words.replace(" ", "\u00a0")


@pytest.mark.parametrize(("value", "words"), [(80.0, "80 km"), (80.25, "80,2 km"), (0.0, "0 km")])
def test_kilometres_have_a_decimal_comma(value: float, words: str) -> None:
    assert kilometres(value) == words.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("seconds", "words"), [(59, "0 minute"), (1200, "20 minutes"), (11340, "3 h 09")]
)
def test_durations_are_hours_and_minutes(seconds: int, words: str) -> None:
    assert duration(seconds) == words.replace(" ", "\u00a0")


def test_a_long_text_is_cut_where_it_shows() -> None:
    assert shortened("Sonner deux fois", 10) == "Sonner de…"
    assert shortened("Sonner", 6) == "Sonner"


@pytest.mark.parametrize(
    ("phone", "digits"),
    [("01 99.00-00 11", "0199000011"), ('1"><script>', "1"), ("+33 1 99", "+33199")],
)
def test_only_digits_reach_a_telephone_link(phone: str, digits: str) -> None:
    assert dialled(phone) == digits
