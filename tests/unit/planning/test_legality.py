from dataclasses import replace
from datetime import date

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    CENTRE,
    CHLOE_OUT,
    HAMEAU,
    MOULIN,
    five_legs,
    five_legs_matrix,
    five_legs_plan,
)
from tus_dispatch.domain.demand import (
    Booking,
    Eligibility,
    EligibilityGround,
    LegRequest,
    ServiceRegime,
)
from tus_dispatch.domain.fleet import VehicleTitle
from tus_dispatch.domain.law import Law, TripMode, Zone
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.offer import HubTrip, Refusal
from tus_dispatch.domain.plan import Unserved
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import BookingId
from tus_dispatch.planning.changes import changed
from tus_dispatch.planning.encode import encode
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.planning.participations import loaded_m, participations
from tus_dispatch.planning.quote_booking import legs_asked, quote_booking
from tus_dispatch.planning.take import taken
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice

TODAY = date(2026, 3, 10)
ENFORCED = Law(
    TripMode.ENFORCED,
    Zone(date(2026, 1, 1), frozenset({"18197"})),
    tariff_eur_cents_per_km=15,
    referral_required=False,
)


def day(ground: EligibilityGround = EligibilityGround.INCOME, law: Law = ENFORCED) -> Scenario:
    """The five-leg day under a law; every place but the centre is in the zone."""
    scenario = five_legs()
    papers = Eligibility(ground, TODAY, checked_by="coordination")
    places = (
        replace(each, insee="18033" if each.id == CENTRE else "18197") for each in scenario.places
    )
    people = (replace(each, eligibility=papers) for each in scenario.participants)
    return replace(scenario, places=tuple(places), participants=tuple(people), law=law)


def left_out(scenario: Scenario) -> dict[str, Unserved]:
    """Plan by insertion and return who stays behind."""
    encoding = encode(scenario, legs_of(scenario), five_legs_matrix())
    solution = construct(encoding.instance, make_dice(0)).solution()
    return {each.leg: each for each in explain_unserved(encoding, solution)}


def test_everybody_rides_on_a_lawful_day() -> None:
    assert left_out(day()) == {}


def test_hired_vehicles_leave_everybody_behind_with_the_rule() -> None:
    scenario = day()
    hired = (replace(each, title=VehicleTitle.HIRED) for each in scenario.vehicles)

    told = left_out(replace(scenario, vehicles=tuple(hired)))

    assert {each.reason.code for each in told.values()} == {"TUS-2011"}
    assert len(told) == 5


def test_a_public_contract_waits_for_a_driver_with_an_attestation() -> None:
    scenario = day()
    public = tuple(
        replace(each, regime=ServiceRegime.PUBLIC_CONTRACT) for each in scenario.bookings
    )
    without = replace(scenario, bookings=public)
    (lea,) = scenario.drivers
    with_it = replace(without, drivers=(replace(lea, medical_until=TODAY),))

    assert {each.reason.code for each in left_out(without).values()} == {"TUS-2013"}
    # Léa may drive now, and Basile needs her minibus.
    assert BASILE_OUT not in left_out(with_it)


def test_a_lawful_way_there_stays_when_the_way_back_is_not_lawful() -> None:
    law = replace(ENFORCED, hubs=(CENTRE,), hub_return=False)

    told = left_out(day(EligibilityGround.LOCATION, law))

    assert told[ANNE_RET].reason.code == "TUS-2005"
    assert told[ANNE_OUT].reason.code == "TUS-2014"
    assert told[ANNE_OUT].reason.sentence.startswith(
        "Le retour associé n’est pas permis (TUS-2005)"
    )
    # Chloé rides to the hub only.
    assert CHLOE_OUT not in told


def test_no_limit_is_named_for_what_the_law_forbids() -> None:
    told = left_out(day(EligibilityGround.LOCATION))

    assert {each.reason.code for each in told.values()} == {"TUS-2004"}
    assert {each.relaxation for each in told.values()} == {None}


def test_a_trip_to_the_hub_moves_both_legs_and_drops_the_price_agreed() -> None:
    scenario = day()
    anne = replace(scenario.bookings[0], participation_eur_cents=100)
    plan = replace(
        five_legs_plan(), scenario=replace(scenario, bookings=(anne, *scenario.bookings[1:]))
    )

    after = changed(plan, anne.id, HubTrip(CENTRE, HAMEAU), five_legs_matrix())

    moved = after.scenario.booking(anne.id)
    assert moved.outward is not None
    assert moved.return_leg is not None
    assert (moved.outward.origin, moved.outward.destination) == (MOULIN, HAMEAU)
    assert (moved.return_leg.origin, moved.return_leg.destination) == (HAMEAU, MOULIN)
    assert moved.participation_eur_cents is None


def test_people_pay_for_their_own_way_and_nothing_for_the_approach() -> None:
    plan = replace(five_legs_plan(), scenario=day())

    asked = participations(plan, five_legs_matrix())

    # From the mill and from the hamlet to the centre 10 km, from the village 15 km.
    assert asked == {
        "R1:out": 150,
        "R1:ret": 150,
        "R2:out": 150,
        "R2:ret": 150,
        "R3:out": 225,
    }
    assert participations(five_legs_plan(), five_legs_matrix()) == {}


def test_in_the_strict_mode_the_loaded_way_of_a_round_is_the_limit() -> None:
    law = replace(ENFORCED, tariff_eur_cents_per_km=32, strict_cost_share=True)
    plan = replace(five_legs_plan(), scenario=day(law=law))

    asked = participations(plan, five_legs_matrix())

    # The car is loaded from the village to the centre, 15 km, and back to the mill, 10 km.
    assert loaded_m(plan.rounds[1]) == 25_000
    # 25 km allow 800 cents; 320 + 480 + 320 = 1120 are asked: five sevenths of each.
    assert [asked[leg] for leg in (ANNE_OUT, ANNE_RET)] == [228, 228]
    assert asked[CHLOE_OUT] == 342


def test_a_taken_offer_claims_nothing_about_the_best() -> None:
    plan = replace(five_legs_plan(), scenario=day())
    chloe = plan.scenario.bookings[2]
    twin = Booking(
        BookingId("R4"),
        chloe.participant,
        LegRequest(MOULIN, CENTRE, arrive_by_s=chloe.outward.arrive_by_s if chloe.outward else 0),
    )
    asked = replace(plan, scenario=replace(plan.scenario, bookings=(*plan.scenario.bookings, twin)))
    proved = replace(
        asked, certificate=replace(asked.certificate, lower_bound=1, gap=0.5, method="search")
    )
    answer = quote_booking(open_day(proved, five_legs_matrix()), legs_asked(proved, twin.id))
    assert not isinstance(answer, Refusal)

    after = taken(proved, answer[0])

    assert after.certificate.lower_bound is None
    assert not after.certificate.proved_optimal
