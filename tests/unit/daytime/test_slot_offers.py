from dataclasses import replace

import pytest

from tests.daytime_makers import quiet_day
from tests.makers import BOURG, CENTRE, GARAGE, HAMEAU, MOULIN, at, five_legs_matrix, window
from tus_dispatch.desk.offering_slots import slot_offers
from tus_dispatch.domain.demand import Booking, LegRequest, Participant
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.slot_offer import Hold, Sector, SlotOffer
from tus_dispatch.domain.units import BookingId, ParticipantId, PlaceId
from tus_dispatch.formats.slot_offers import slot_offer_sentence, slot_offers_data
from tus_dispatch.planning.daytime.frozen import frozen
from tus_dispatch.planning.daytime.holds import book_inside, held, hold_seats
from tus_dispatch.planning.daytime.slot_offers import Asked, offered_slots, partner_places
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.quote_booking import offers_for

MATRIX = five_legs_matrix()
VILLAGE = "18001"


@pytest.fixture
def plan() -> Plan:
    """The day in which the homes lie in two communes."""
    plan = quiet_day()
    places = tuple(
        replace(each, insee=VILLAGE if each.id in {BOURG, HAMEAU} else each.insee)
        for each in plan.scenario.places
    )
    return replace(plan, scenario=replace(plan.scenario, places=places))


@pytest.fixture
def narrow(plan: Plan) -> OpenDay:
    return open_day(frozen(plan), MATRIX)


@pytest.fixture
def offer(plan: Plan) -> SlotOffer:
    """Return what the plan offers from the village for half past nine."""
    offers = slot_offers(plan, MATRIX, Asked(hours=window("09:30", "10:00")))
    return next(each for each in offers if each.sector.insee == VILLAGE)


def hold(offer: SlotOffer, plan: Plan, *, seats: int = 1, minutes: int = 60) -> Hold:
    return Hold(offer, seats, plan.scenario.day.start_at + minutes * 60)


def booking(**changes: object) -> Booking:
    asked = Booking(
        BookingId("N1"),
        ParticipantId("P4"),
        LegRequest(BOURG, CENTRE, arrive_by_s=at("10:00")),
        LegRequest(CENTRE, BOURG),
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def refused(answer: object) -> str:
    assert isinstance(answer, Refusal)
    return answer.reason.code


def test_partner_places_are_destinations_and_never_homes(plan: Plan) -> None:
    assert partner_places(plan.scenario) == (CENTRE,)


def test_every_offer_is_driven_and_judged_and_seats_are_those_of_the_vehicles(plan: Plan) -> None:
    offers = slot_offers(plan, MATRIX, Asked())

    assert offers
    assert {each.place for each in offers} == {CENTRE}
    # The minibus has eight seats, the car four; the judge has seen every one of them.
    assert all(1 <= each.seats <= 8 for each in offers)
    assert all(each.back.earliest_s >= each.slot.latest_s + 3600 for each in offers)


def test_one_more_than_the_seats_offered_does_not_fit(plan: Plan) -> None:
    narrow = frozen(plan)
    stranger = Participant(ParticipantId("N"))
    found = list(offered_slots(plan, MATRIX, {}, Asked()))

    for each in found:
        party = replace(each.booking, party_size=each.slot_offer.seats + 1)
        legs = legs_of_booking(party, stranger, narrow.scenario.policy, 86_400)
        # The largest vehicle has eight seats.
        fits = offers_for(open_day(narrow, MATRIX), legs, n_offers=1)
        assert each.slot_offer.seats == 8 or fits == ()

    assert {each.slot_offer.seats for each in found} != {8}


def test_offers_name_places_and_communes_and_nobody(plan: Plan) -> None:
    offers = slot_offers(plan, MATRIX, Asked())

    text = str(slot_offers_data(offers, plan.scenario))
    text += " ".join(slot_offer_sentence(each, plan.scenario) for each in offers)

    people = {each.first_name for each in plan.scenario.participants}
    homes = {"Le Bourg", "Le Hameau", "Le Moulin", "bourg", "hameau", "moulin"}
    assert not any(name in text for name in people | homes)


def test_an_offer_reads_as_a_partner_expects(plan: Plan, offer: SlotOffer) -> None:
    said = replace(offer, sector=Sector(VILLAGE, "Sancerre"), seats=5, marginal_m=9_000)

    sentence = slot_offer_sentence(replace(said, marginal_paid_s=0), plan.scenario)

    assert "5\u00a0places depuis le secteur Sancerre, +9\u00a0km" in sentence
    assert sentence.startswith("09:30–10:00, retour ")


def test_seats_that_are_held_are_not_offered_again(plan: Plan, offer: SlotOffer) -> None:
    kept = hold(offer, plan, seats=offer.seats)

    assert held((offer,), (kept,), kept.until_at - 1) == ()
    # From the end of the hold on, everything is free again.
    assert held((offer,), (kept,), kept.until_at) == (offer,)


def test_more_seats_than_are_left_cannot_be_held(plan: Plan, offer: SlotOffer) -> None:
    first = hold(offer, plan, seats=offer.seats)
    now_at = first.until_at - 60

    holds = hold_seats((offer,), (), first, now_at)
    assert holds == (first,)
    refused_seats = hold_seats((offer,), (first,), hold(offer, plan), now_at)

    assert getattr(refused_seats, "code", None) == "TUS-3315"


def test_a_booking_inside_an_offer_takes_its_hours_and_its_seats(
    plan: Plan, narrow: OpenDay, offer: SlotOffer
) -> None:
    kept = hold(offer, plan, seats=offer.seats)

    answer = book_inside(narrow, kept, booking(), kept.until_at - 1)

    assert not isinstance(answer, Refusal)
    left, inside, found = answer
    assert left.seats == offer.seats - 1
    assert left.booked == (BookingId("N1"),)
    assert inside.return_leg is not None
    assert inside.return_leg.pickup_window == offer.back
    assert offer.slot.earliest_s <= found.legs[0].dropoff_s <= offer.slot.latest_s


def test_a_booking_outside_an_offer_is_refused_with_the_reason(
    plan: Plan, narrow: OpenDay, offer: SlotOffer
) -> None:
    kept, back = hold(offer, plan), LegRequest(CENTRE, BOURG)
    now_at = kept.until_at - 1
    out = LegRequest(BOURG, CENTRE, arrive_by_s=at("10:00"))

    def asked(**changes: object) -> str:
        return refused(book_inside(narrow, kept, booking(**changes), now_at))

    late = replace(out, arrive_by_s=at("10:01"))
    assert refused(book_inside(narrow, kept, booking(), kept.until_at)) == "TUS-3311"
    assert asked(outward=replace(out, destination=MOULIN)) == "TUS-3312"
    assert asked(outward=late) == "TUS-3313"
    assert asked(outward=replace(out, origin=GARAGE)) == "TUS-3314"
    assert asked(return_leg=replace(back, destination=PlaceId("garage"))) == "TUS-3314"
    assert asked(party_size=2) == "TUS-3315"
    assert asked(return_leg=None) == "TUS-3302"
