"""Plans made unlawful by one missing paper, one day, one commune, one metre or one cent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.spoil_edits import (
    Served,
    Spoiler,
    edit_driver,
    edit_each,
    edit_participant,
    edit_scenario,
    edit_vehicle,
    request_of,
    served,
    spoiler,
    vehicle_of,
)
from tus_dispatch.domain.demand import (
    Eligibility,
    EligibilityGround,
    Override,
    Referral,
    ServiceRegime,
)
from tus_dispatch.domain.fleet import Configuration, VehicleTitle
from tus_dispatch.domain.law import DistanceBasis, Law
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix

LegSpoil = Callable[[Plan, TravelMatrix, Served, Law], Plan | None]


def on_social_leg(spoil: LegSpoil) -> Callable[[Plan, TravelMatrix, Random], Plan | None]:
    """Spoil a served leg of social transport on a day whose law is enforced."""

    def spoilt(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
        law = plan.scenario.law
        if law is None or not law.is_enforced:
            return None
        legs = [one for one in served(plan) if one.leg.regime is ServiceRegime.TUS]
        tried = (spoil(plan, matrix, one, law) for one in rng.sample(legs, len(legs)))
        return next((each for each in tried if each is not None), None)

    return spoilt


def _papers(plan: Plan, one: Served) -> Eligibility:
    papers = plan.scenario.participant(one.leg.participant).eligibility
    return papers or Eligibility(EligibilityGround.INCOME, plan.scenario.day.date)


def _with_papers(plan: Plan, one: Served, papers: Eligibility | None) -> Plan:
    return edit_participant(plan, one.leg.participant, eligibility=papers)


def _by_residence(plan: Plan, one: Served) -> Plan:
    papers = replace(_papers(plan, one), ground=EligibilityGround.LOCATION)
    return _with_papers(plan, one, papers)


def _with_law(plan: Plan, law: Law) -> Plan:
    return edit_scenario(plan, law=law)


@on_social_leg
def nobody_checked(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    return _with_papers(plan, one, None)


@on_social_leg
def check_without_a_day(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    return _with_papers(plan, one, replace(_papers(plan, one), checked_on=None))


@on_social_leg
def checked_tomorrow(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    tomorrow = plan.scenario.day.date + timedelta(days=1)
    return _with_papers(plan, one, replace(_papers(plan, one), checked_on=tomorrow))


@on_social_leg
def expired_yesterday(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    yesterday = plan.scenario.day.date - timedelta(days=1)
    return _with_papers(plan, one, replace(_papers(plan, one), expires_on=yesterday))


@on_social_leg
def no_ground(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    return _with_papers(plan, one, replace(_papers(plan, one), ground=EligibilityGround.NONE))


@on_social_leg
def law_lifted(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    """Somebody wrote down that the law does not count for this booking."""
    bare = _with_papers(plan, one, replace(_papers(plan, one), ground=EligibilityGround.NONE))
    lifted = (Override("ineligible", "Nous le connaissons bien.", "quelqu’un", 0),)
    return edit_each(bare, "bookings", one.leg.booking, overrides=lifted)


def _with_referrals(plan: Plan, one: Served, law: Law, *referrals: Referral) -> Plan:
    plan = _with_law(plan, replace(law, referral_required=None))
    plan = edit_participant(plan, one.leg.participant, referrals=referrals)
    return edit_each(plan, "bookings", one.leg.booking, overrides=())


@on_social_leg
def nobody_referred(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    return _with_referrals(plan, one, law)


@on_social_leg
def referral_over(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    today = plan.scenario.day.date
    over = Referral(today - timedelta(days=30), today - timedelta(days=1))
    return _with_referrals(plan, one, law, over)


@on_social_leg
def referral_to_come(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    coming = Referral(plan.scenario.day.date + timedelta(days=1))
    return _with_referrals(plan, one, law, coming)


@on_social_leg
def commune_off_the_list(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    zone, hubs = law.zone, tuple(each for each in law.hubs if each != one.leg.destination)
    code = plan.scenario.place(one.leg.destination).insee
    if zone is None or code is None:
        return None
    shorter = replace(zone, communes=zone.communes - {code})
    return _by_residence(_with_law(plan, replace(law, zone=shorter, hubs=hubs)), one)


@on_social_leg
def commune_forgotten(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    if one.leg.origin in law.hubs:
        return None
    return _by_residence(edit_each(plan, "places", one.leg.origin, insee=None), one)


@on_social_leg
def no_list(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    return _by_residence(_with_law(plan, replace(law, zone=None)), one)


@on_social_leg
def list_of_tomorrow(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    if law.zone is None:
        return None
    tomorrow = plan.scenario.day.date + timedelta(days=1)
    later = replace(law, zone=replace(law.zone, edition=tomorrow))
    return _by_residence(_with_law(plan, later), one)


@on_social_leg
def back_from_a_hub(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    """The place they leave becomes a hub in town, and the way back is not admitted."""
    zone, here = law.zone, plan.scenario.place(one.leg.origin).insee
    if zone is None or plan.scenario.place(one.leg.destination).insee not in zone.communes:
        return None
    if here == plan.scenario.place(one.leg.destination).insee or here is None:
        return None
    listed = replace(zone, communes=zone.communes - {here})
    changed = replace(law, zone=listed, hubs=(*law.hubs, one.leg.origin), hub_return=False)
    return _by_residence(_with_law(plan, changed), one)


@on_social_leg
def a_metre_too_far(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    length_m = matrix.metres_between(one.leg.origin, one.leg.destination)
    if length_m is None:
        return None
    shorter = replace(law, longest_m=length_m - 1, distance_basis=DistanceBasis.LEG)
    return _with_law(plan, shorter)


@on_social_leg
def a_metre_too_far_in_all(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    """There and back are a metre too long together, neither of them alone."""
    booking = plan.scenario.booking(one.leg.booking)
    asked = [each for each in (booking.outward, booking.return_leg) if each is not None]
    lengths = [matrix.metres_between(each.origin, each.destination) for each in asked]
    known = [each for each in lengths if each is not None]
    if len(known) < 2:
        return None
    whole = replace(law, longest_m=sum(known) - 1, distance_basis=DistanceBasis.BOOKING)
    return _with_law(plan, whole)


@on_social_leg
def a_cent_too_dear(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    asked = request_of(plan.scenario.booking(one.leg.booking), one.leg)
    length_m = matrix.metres_between(asked.origin, asked.destination)
    if length_m is None:
        return None
    # Thirty-two cents a kilometre, rounded down, and one more.
    price = length_m * 32 // 1000 + 1
    return edit_each(plan, "bookings", one.leg.booking, participation_eur_cents=price)


@on_social_leg
def rental_driven(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    regime = ServiceRegime.RENTAL_SELF_DRIVE
    return edit_each(plan, "bookings", one.leg.booking, regime=regime)


@on_social_leg
def hired_vehicle(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    plan = _with_law(plan, replace(law, hired_vehicles=None))
    vehicle = plan.rounds[one.round_index].vehicle
    return edit_vehicle(plan, vehicle, title=VehicleTitle.HIRED)


@on_social_leg
def ten_seats(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    vehicle = vehicle_of(plan, plan.rounds[one.round_index])
    larger = (*vehicle.configurations, Configuration(9))
    return edit_vehicle(plan, vehicle.id, configurations=larger)


@on_social_leg
def no_attestation(plan: Plan, matrix: TravelMatrix, one: Served, law: Law) -> Plan | None:
    """The leg becomes part of a public contract, and the attestation ended yesterday."""
    regime = ServiceRegime.PUBLIC_CONTRACT
    public = edit_each(plan, "bookings", one.leg.booking, regime=regime)
    driver = plan.rounds[one.round_index].driver
    if driver is None:
        return public
    yesterday = plan.scenario.day.date - timedelta(days=1)
    return edit_driver(public, driver, medical_until=yesterday)


SPOILERS: tuple[Spoiler, ...] = (
    spoiler("nobody checked the right", "unlawful-rider", nobody_checked),
    spoiler("a check without a day", "unlawful-rider", check_without_a_day),
    spoiler("checked a day too late", "unlawful-rider", checked_tomorrow),
    spoiler("the right ended a day ago", "unlawful-rider", expired_yesterday),
    spoiler("no ground at all", "unlawful-rider", no_ground),
    spoiler("the law lifted by hand", "unlawful-rider", law_lifted),
    spoiler("nobody referred", "rider-without-referral", nobody_referred),
    spoiler("a referral a day over", "rider-without-referral", referral_over),
    spoiler("a referral a day early", "rider-without-referral", referral_to_come),
    spoiler("a commune off the list", "outside-zone", commune_off_the_list),
    spoiler("a commune forgotten", "outside-zone", commune_forgotten),
    spoiler("no list of communes", "outside-zone", no_list),
    spoiler("a list of tomorrow", "outside-zone", list_of_tomorrow),
    spoiler("back from a hub", "outside-zone", back_from_a_hub),
    spoiler("a metre too far", "beyond-distance", a_metre_too_far),
    spoiler("a metre too far in all", "beyond-distance", a_metre_too_far_in_all),
    spoiler("a cent too dear", "price-above-cap", a_cent_too_dear),
    spoiler("a rental driven", "self-drive-driven", rental_driven),
    spoiler("a hired vehicle", "unlawful-vehicle", hired_vehicle),
    spoiler("ten seats", "unlawful-vehicle", ten_seats),
    spoiler("no medical attestation", "driver-without-attestation", no_attestation),
)
