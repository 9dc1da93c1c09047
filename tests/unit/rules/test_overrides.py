from dataclasses import replace

import pytest

from tests.makers import five_legs
from tus_dispatch.domain.demand import Override
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.reason import REASONS, force_of, reason_for
from tus_dispatch.rules.overrides import liftable_slugs, not_lifted, refused_override

DETAILS = {"until": "hier", "day": "aujourd’hui", "start": "demain"}


def test_only_the_rules_of_the_association_may_be_lifted() -> None:
    assert liftable_slugs() == ("no-referral", "referral-expired", "referral-not-begun")


@pytest.mark.parametrize("slug", [s for s, kind in REASONS.items() if kind.force is not Force.RULE])
def test_everything_else_is_refused_with_a_code(slug: str) -> None:
    refused = refused_override(slug)

    assert refused is not None
    assert refused.code == "TUS-2031"


def test_a_reason_outside_the_register_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        refused_override("because")


def test_an_override_lifts_its_own_reason_and_never_the_law() -> None:
    lifted = tuple(Override(slug, "vu", "nous", 0) for slug in ("no-referral", "ineligible"))
    booking = replace(five_legs().bookings[0], overrides=lifted)
    found = [reason_for("ineligible"), reason_for("no-referral")]
    found.append(reason_for("referral-expired", **DETAILS))

    left = not_lifted(found, booking)

    assert [each.slug for each in left] == ["ineligible", "referral-expired"]
    assert force_of(left[0]) is Force.LEGAL
