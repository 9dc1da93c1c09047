"""Nobody is carried whom the law does not allow, nor where, nor in what, nor by whom."""

from collections.abc import Iterator

from tus_dispatch.domain.plan import StopKind
from tus_dispatch.rules.crews import crew_reasons
from tus_dispatch.rules.legal_day import LegalDay, legal_day
from tus_dispatch.rules.trips import leg_legality
from tus_dispatch.verify.case import Case
from tus_dispatch.verify.violations import Violation, broken

# What a reason against a booking is called once the booking is carried all the same.
RULE_OF = {
    "eligibility-unchecked": "unlawful-rider",
    "eligibility-expired": "unlawful-rider",
    "ineligible": "unlawful-rider",
    "no-referral": "rider-without-referral",
    "referral-expired": "rider-without-referral",
    "referral-not-begun": "rider-without-referral",
    "zone": "outside-zone",
    "hub-return": "outside-zone",
    "commune-unknown": "outside-zone",
    "zone-list-missing": "outside-zone",
    "distance": "beyond-distance",
    "price-cap": "price-above-cap",
    "self-drive": "self-drive-driven",
    "vehicle-title": "unlawful-vehicle",
    "vehicle-seats": "unlawful-vehicle",
    "medical-attestation": "driver-without-attestation",
}


def carried_legs_are_lawful(case: Case) -> Iterator[Violation]:
    """Yield served legs that the law forbids, whoever drives them."""
    day = _enforced(case)
    if day is None:
        return
    carried = {*case.pickups, *case.dropoffs}
    for leg in case.legs.values():
        if leg.id in carried:
            booking = case.scenario.booking(leg.booking)
            for reason in leg_legality(booking, leg.direction, day):
                yield broken(RULE_OF[reason.slug], leg.id, sentence=reason.sentence)


def crews_may_carry_their_legs(case: Case) -> Iterator[Violation]:
    """Yield legs in a vehicle, or with a driver, that may not carry them."""
    day = _enforced(case)
    if day is None:
        return
    for tour, _, stop, leg in case.doors():
        if stop.kind is not StopKind.PICKUP or tour.vehicle is None:
            continue
        for reason in crew_reasons(tour.vehicle, tour.driver, leg.regime, day.settings, day.date):
            rule = RULE_OF[reason.slug]
            yield broken(rule, leg.id, shift=tour.name, sentence=reason.sentence)


def _enforced(case: Case) -> LegalDay | None:
    day = legal_day(case.scenario, case.matrix)
    return day if day is not None and day.law.is_enforced else None
