"""The comparison of what was told with what is kept misses none of the faults it looks for."""

import pytest

from tests.durability.ledger import Entry, Kept, Ledger, Outcome, complaints

GOOD = Kept({"bkg_1": "k1", "bkg_2": "k2"}, {"bkg_1", "bkg_2"}, {"bkg_1", "bkg_2"}, "ok")

DOUBLED = Kept(
    {**GOOD.bookings, "bkg_3": "k2"}, {*GOOD.events, "bkg_3"}, {*GOOD.answers, "bkg_3"}, "ok"
)


def ledger() -> Ledger:
    told = Ledger()
    told.open(Entry("k1", {}, Outcome.OK, ["bkg_1", "bkg_1"], 2))
    told.open(Entry("k2", {}, Outcome.UNKNOWN, [], 1))
    told.open(Entry("k3", {}, Outcome.UNKNOWN, [], 1))
    told.open(Entry("k4", {}, Outcome.FAIL, [], 1))
    return told


def test_what_nobody_was_told_may_be_there_or_not() -> None:
    assert complaints(ledger(), GOOD) == []


def test_answers_without_an_identity_are_judged_by_their_key() -> None:
    told = ledger()
    told.open(Entry("k2", {}, Outcome.OK, [""], 1))

    assert complaints(told, GOOD) == []


@pytest.mark.parametrize(
    ("kept", "word"),
    [
        (Kept({"bkg_2": "k2"}, {"bkg_2"}, {"bkg_2"}, "ok"), "lost"),
        (DOUBLED, "doubled"),
        (Kept(GOOD.bookings, {"bkg_1"}, GOOD.answers, "ok"), "half"),
        (Kept(GOOD.bookings, GOOD.events, {"bkg_1"}, "ok"), "half"),
        (Kept(GOOD.bookings, {*GOOD.events, "bkg_9"}, GOOD.answers, "ok"), "half"),
        (Kept(GOOD.bookings, GOOD.events, {*GOOD.answers, "bkg_9"}, "ok"), "half"),
        (Kept({"bkg_1": "k2", "bkg_2": "k1"}, GOOD.events, GOOD.answers, "ok"), "changed"),
        (Kept(GOOD.bookings, GOOD.events, GOOD.answers, "row 3 missing"), "corrupt"),
    ],
)  # fmt: skip
def test_every_fault_is_found(kept: Kept, word: str) -> None:
    found = complaints(ledger(), kept)

    assert found
    assert found[0].startswith(f"{word}:")


def test_two_identities_for_one_key_are_found() -> None:
    told = ledger()
    told.open(Entry("k1", {}, Outcome.OK, ["bkg_1", "bkg_2"], 2))

    assert complaints(told, GOOD)[0].startswith("changed:")
