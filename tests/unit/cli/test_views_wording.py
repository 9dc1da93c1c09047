"""French numbers, durations and punctuation."""

import pytest

from tus_dispatch.cli.layout import wrapped
from tus_dispatch.cli.wording import (
    NBSP,
    decimal,
    euros,
    joined,
    km,
    minutes,
    percent,
    signed,
    spaced,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (euros(31_240_000), "312,40_€"),
        (euros(123_456_700_000), "1_234_567,00_€"),
        (euros(-250), "0,00_€"),
        (km(12_449), "12,4_km"),
        (km(0), "0,0_km"),
        (decimal(-0.04), "0,0"),
        (decimal(-12.5), "−12,5"),
        (minutes(29), "0_min"),
        (minutes(30), "1_min"),
        (minutes(-90), "−2_min"),
        (minutes(3599), "1_h_00"),
        (percent(0.625), "63_%"),
        (percent(0.999), "99_%"),
        (percent(0.001), "1_%"),
        (percent(1.0), "100_%"),
        (percent(0.0), "0_%"),
        (signed(minutes(720)), "+12_min"),
        (signed(minutes(-720)), "−12_min"),
        (joined([]), ""),
        (joined(["a", "b", "c"]), "a, b et c"),
        (spaced("Attention : « pause » ; oui !"), "Attention_: «_pause_»_; oui_!"),
    ],
)
def test_quantities_are_written_as_french_readers_expect(written: str, expected: str) -> None:
    assert written.replace(NBSP, "_") == expected


def test_nothing_has_no_sign() -> None:
    assert minutes(-20) == minutes(20)
    assert decimal(-0.04) == decimal(0.04)


def test_a_quantity_never_parts_from_its_unit() -> None:
    lines = wrapped(f"il reste {euros(100_000)} et {km(5000)}", 14)

    assert lines == ["il reste", f"1,00{NBSP}€ et", f"5,0{NBSP}km"]


def test_a_line_feed_begins_a_line_and_long_words_are_parted_not_lost() -> None:
    assert wrapped("un\nanticonstitutionnel", 10) == ["un", "anticonsti", "tutionnel"]
    assert wrapped("voiture-journee", 10) == ["voiture-", "journee"]
    assert wrapped("", 10) == [""]
