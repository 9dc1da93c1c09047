"""A few people of a made-up day whose papers are wrong, so that the law keeps them at home."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tus_dispatch.domain.demand import Eligibility, EligibilityGround, Participant, Referral
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.generate.codes import refusal
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.participants import CHECKED_BY

_SEED_STEP = 7919
_REFERRED_DAYS, _CHECKED_DAYS = 180, 365


def with_refused(scenario: Scenario, n_people: int, seed: int) -> Scenario:
    """Spoil the papers of some people, each in one way, the ways in turn.

    Parameters
    ----------
    scenario
        A made-up day whose bookings are all lawful.
    n_people
        How many; their bookings must be refused.
    seed
        Same arguments, same people.

    Returns
    -------
    Scenario
        The same day; only papers differ.

    Raises
    ------
    InputError
        When the day has fewer people.
    """
    if not 0 <= n_people <= len(scenario.participants):
        expected = f"de 0 à {len(scenario.participants)}"
        raise refusal("generate-size", "--refused", n_people, expected)
    chosen = Draws(seed + _SEED_STEP).shuffled(scenario.participants)[:n_people]
    today = scenario.day.date
    spoilt = {
        person.id: _WAYS[number % len(_WAYS)](person, today) for number, person in enumerate(chosen)
    }
    people = tuple(spoilt.get(each.id, each) for each in scenario.participants)
    return replace(scenario, participants=people)


def _referral_over(person: Participant, today: date) -> Participant:
    ended = today - timedelta(days=1)
    over = Referral(ended - timedelta(days=_REFERRED_DAYS), ended)
    return replace(person, referrals=(over,))


def _referral_to_come(person: Participant, today: date) -> Participant:
    return replace(person, referrals=(Referral(today + timedelta(days=7)),))


def _check_over(person: Participant, today: date) -> Participant:
    ended = today - timedelta(days=3)
    checked = ended - timedelta(days=_CHECKED_DAYS)
    over = Eligibility(EligibilityGround.INCOME, checked, ended, CHECKED_BY)
    return replace(person, eligibility=over)


def _not_checked(person: Participant, today: date) -> Participant:  # noqa: ARG001 - one of several ways
    return replace(person, eligibility=None)


_WAYS: tuple[Callable[[Participant, date], Participant], ...] = (
    _referral_over,
    _check_over,
    _not_checked,
    _referral_to_come,
)
