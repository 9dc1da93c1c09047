"""A law opened around a drawn day, so that everything its plan does is lawful, often only just."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tus_dispatch.domain.demand import (
    Booking,
    Eligibility,
    EligibilityGround,
    Leg,
    Override,
    Participant,
    Referral,
    ServiceRegime,
)
from tus_dispatch.domain.fleet import Driver, Vehicle, VehicleTitle
from tus_dispatch.domain.law import Area, DistanceBasis, Law, TripMode, Zone
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, DriverId, ParticipantId, PlaceId, VehicleId

VILLAGES = ("18001", "18011", "18085", "18152", "18223")
TOWNS = ("18033", "18279")
# Nobody says the limit where it is as usual.
USUAL_LIMIT_M = 100_000
MOTIVE = "Prescription attendue demain, accord de la coordination."
LIFTED_AT = 1_767_000_000


def with_law(rng: Random, scenario: Scenario, matrix: TravelMatrix, plan: Plan) -> Scenario:
    """Tell the law of a day, or nothing; what the plan does stays lawful.

    Parameters
    ----------
    rng
        Source of all choices.
    scenario, matrix, plan
        A drawn day and its plan.

    Returns
    -------
    Scenario
        The same day, with communes, papers, titles and attestations.
    """
    fate = rng.random()
    if fate < 0.3:
        return scenario
    mode = TripMode.FLAGGED if fate < 0.4 else TripMode.ENFORCED
    return _LawMaker(rng, scenario, matrix, plan).make(mode)


class _LawMaker:
    def __init__(self, rng: Random, scenario: Scenario, matrix: TravelMatrix, plan: Plan) -> None:
        self.rng, self.matrix, self.plan = rng, matrix, plan
        self.scenario = self._with_regimes(scenario)
        self.today = scenario.day.date
        self.hub_return = rng.random() < 0.7
        communes = {
            each.id: rng.choice(TOWNS if rng.random() < 0.25 else VILLAGES)
            for each in scenario.places
        }
        self.in_town = {place for place, code in communes.items() if code in TOWNS}
        self.hubs = tuple(place for place in sorted(self.in_town) if rng.random() < 0.5)
        self.communes = communes

    def make(self, mode: TripMode) -> Scenario:
        rng, scenario = self.rng, self.scenario
        requires = rng.random() < 0.8
        people, lifted = [], set()
        legs: defaultdict[ParticipantId, list[Leg]] = defaultdict(list)
        for leg in legs_of(scenario):
            legs[leg.participant].append(leg)
        for person in scenario.participants:
            has_referral = not requires or rng.random() < 0.9
            if not has_referral:
                lifted.add(person.id)
            people.append(self._person(person, legs[person.id], has_referral=has_referral))
        bookings = tuple(
            self._booking(each, is_lifted=each.participant in lifted) for each in scenario.bookings
        )
        hired = rng.random() < 0.2
        return replace(
            scenario,
            places=tuple(replace(p, insee=self.communes[p.id]) for p in scenario.places),
            participants=tuple(people),
            bookings=bookings,
            vehicles=tuple(self._vehicle(each, hired=hired) for each in scenario.vehicles),
            drivers=tuple(self._driver(each) for each in scenario.drivers),
            law=self._law(mode, requires=requires, hired=hired),
        )

    def _with_regimes(self, scenario: Scenario) -> Scenario:
        """Let no open shift drive what needs an attestation."""
        open_legs = {
            stop.leg for r in self.plan.rounds if r.driver is None for stop in r.stops if stop.leg
        }
        on_open = {BookingId(leg.rsplit(":", 1)[0]) for leg in open_legs}

        def regime(booking: Booking) -> ServiceRegime:
            if booking.regime is ServiceRegime.PUBLIC_CONTRACT and booking.id in on_open:
                return ServiceRegime.TUS
            # Most days carry mostly social transport.
            return ServiceRegime.TUS if self.rng.random() < 0.5 else booking.regime

        bookings = tuple(replace(each, regime=regime(each)) for each in scenario.bookings)
        return replace(scenario, bookings=bookings)

    def _law(self, mode: TripMode, *, requires: bool, hired: bool) -> Law:
        rng = self.rng
        basis = DistanceBasis.BOOKING if rng.random() < 0.3 else DistanceBasis.LEG
        longest_m = self._longest_m(basis)
        limits = (None, longest_m) if longest_m <= USUAL_LIMIT_M else (longest_m,)
        return Law(
            trips=mode,
            zone=Zone(self.today - timedelta(days=rng.choice((0, 1, 400))), frozenset(VILLAGES)),
            hubs=self.hubs,
            authorities=(Area("Réseau d’essai", frozenset(TOWNS)),) if rng.random() < 0.5 else (),
            public_services=(Area("Ligne d’essai", frozenset(), frozenset(self.in_town)),),
            tariff_eur_cents_per_km=rng.choice((None, 0, 12, 40)),
            strict_cost_share=rng.choice((None, True)),
            hub_return=None if self.hub_return else False,
            longest_m=rng.choice(limits),
            distance_basis=basis,
            hired_vehicles=True if hired else None,
            referral_required=None if requires else False,
        )

    def _longest_m(self, basis: DistanceBasis) -> int:
        lengths: defaultdict[str, int] = defaultdict(int)
        for leg in legs_of(self.scenario):
            length_m = self.matrix.metres_between(leg.origin, leg.destination) or 0
            key = leg.booking if basis is DistanceBasis.BOOKING else leg.id
            lengths[key] += length_m
        return max(1, *lengths.values())

    def _person(self, person: Participant, legs: list[Leg], *, has_referral: bool) -> Participant:
        rng = self.rng
        grounds = [EligibilityGround.INCOME, EligibilityGround.BOTH]
        if all(self._is_rural(leg.origin, leg.destination) for leg in legs):
            grounds = [EligibilityGround.LOCATION]
        eligibility = Eligibility(
            rng.choice(grounds),
            checked_on=self._before(),
            expires_on=rng.choice((None, self._after())),
            checked_by=rng.choice((None, "coordination")),
        )
        referrals = [Referral(date(2020, 1, 1), self.today - timedelta(days=1))]
        if has_referral:
            referrals.append(Referral(self._before(), rng.choice((None, self._after())), "p-1"))
        return replace(person, eligibility=eligibility, referrals=tuple(referrals))

    def _is_rural(self, origin: PlaceId, destination: PlaceId) -> bool:
        outside = [place for place in (origin, destination) if place in self.in_town]
        if len(outside) > 1 or not all(place in self.hubs for place in outside):
            return False
        return self.hub_return or origin not in outside

    def _before(self) -> date:
        return self.today - timedelta(days=self.rng.choice((0, 1, 90)))

    def _after(self) -> date:
        return self.today + timedelta(days=self.rng.choice((0, 1, 90)))

    def _booking(self, booking: Booking, *, is_lifted: bool) -> Booking:
        rng = self.rng
        overrides: tuple[Override, ...] = ()
        if is_lifted:
            overrides = (Override("referral-expired", MOTIVE, "coordination", LIFTED_AT),)
        price = None
        if rng.random() < 0.3:
            asked = [each for each in (booking.outward, booking.return_leg) if each is not None]
            lengths = [self.matrix.metres_between(a.origin, a.destination) or 0 for a in asked]
            # 32 cents a kilometre, rounded down; often as much as is allowed.
            price = min(lengths) * 32 // 1000 * rng.choice((0, 1))
        return replace(booking, overrides=overrides, participation_eur_cents=price)

    def _vehicle(self, vehicle: Vehicle, *, hired: bool) -> Vehicle:
        regimes = self._regimes_of(vehicle=vehicle.id)
        titles = [VehicleTitle.OWNED, VehicleTitle.LENT]
        if hired or ServiceRegime.TUS not in regimes:
            titles.append(VehicleTitle.HIRED)
        return replace(vehicle, title=self.rng.choice(titles))

    def _driver(self, driver: Driver) -> Driver:
        needs = ServiceRegime.PUBLIC_CONTRACT in self._regimes_of(driver=driver.id)
        until = [self._after()] if needs else [None, self._after(), date(2025, 1, 1)]
        return replace(driver, medical_until=self.rng.choice(until))

    def _regimes_of(
        self, *, vehicle: VehicleId | None = None, driver: DriverId | None = None
    ) -> set[ServiceRegime]:
        carried = {
            BookingId(stop.leg.rsplit(":", 1)[0])
            for each in self.plan.rounds
            if each.vehicle == vehicle or (driver is not None and each.driver == driver)
            for stop in each.stops
            if stop.leg
        }
        return {self.scenario.booking(each).regime for each in carried}
