import pytest

from tests.filled_days import FilledPair, filled_pair
from tests.spoil_daytime import FILL_SPOILERS, FillSpoiler
from tus_dispatch.verify.daytime.codes import CODES
from tus_dispatch.verify.daytime.filled import GUARDS, verify_filled
from tus_dispatch.verify.plan import verify_plan

# A day with an event and flexible bookings both ways.
PAIRS = (("somme_vallees", 2), ("alencon_19h", 4))


@pytest.fixture(scope="module", params=PAIRS, ids=lambda pair: pair[0])
def pair(request: pytest.FixtureRequest) -> FilledPair:
    return filled_pair(*request.param)


def test_a_filled_day_is_sound_and_disturbs_nobody(pair: FilledPair) -> None:
    assert len(pair.proposals) > 3
    assert verify_plan(pair.after, pair.matrix) == ()
    assert verify_filled(pair.before, pair.after) == ()


@pytest.mark.parametrize("spoiler", FILL_SPOILERS, ids=lambda each: each.spoil.__name__)
def test_every_spoilt_filling_is_caught(spoiler: FillSpoiler) -> None:
    spoilt = [
        made
        for pair in PAIRS
        if (made := spoiler.spoil(filled_pair(*pair).before, filled_pair(*pair).after)) is not None
    ]

    caught = [{each.code for each in verify_filled(*made)} for made in spoilt]

    assert spoilt
    assert all(spoiler.code in codes for codes in caught)


def test_every_code_and_every_guard_has_a_spoilt_filling() -> None:
    codes = {each.code for each in FILL_SPOILERS}

    assert codes == {kind.code for kind in CODES.values()}
    assert len(GUARDS) == len(CODES)


def test_sentences_need_nothing_that_the_guards_do_not_give() -> None:
    pair = filled_pair(*PAIRS[0])

    said = [
        violation.sentence
        for spoiler in FILL_SPOILERS
        if (made := spoiler.spoil(pair.before, pair.after)) is not None
        for violation in verify_filled(*made)
    ]

    assert said
    assert not any("{" in sentence for sentence in said)
