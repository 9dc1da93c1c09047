"""What is kept of a plan: everything needed to judge it again, and nobody's name or address."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from typing import Any

import numpy as np

from tus_dispatch.desk.live.assemble import among_themselves
from tus_dispatch.domain.demand import Booking, Eligibility, Participant
from tus_dispatch.domain.fleet import Driver, Vehicle
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.domain.travel_source import EstimateSource, TravelSource
from tus_dispatch.domain.units import DriverId, Metres, ParticipantId, PlaceId, Seconds
from tus_dispatch.formats.plan import dump_plan, parse_plan
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data, scenario_sha256

# The file of a day wants points; this one says nothing about anybody.
_NOWHERE = LatLon(lat=0.0, lon=0.0)
_UNSAID = "…"
_NO_LONGER_KNOWN = "Lieu supprimé"

Drive = tuple[PlaceId, PlaceId, Seconds, Metres]


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """A plan as two texts for the store.

    Attributes
    ----------
    plan
        The file of the plan.
    snapshot
        The day it belongs to, and the drives it was judged by.
    """

    plan: str
    snapshot: str


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as it was kept.

    Attributes
    ----------
    plan
        Its day knows people and places by identity only.
    matrix
        The drives of its rounds and the direct drives of its legs; every other
        pair is unreachable.
    """

    plan: Plan
    matrix: TravelMatrix


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what identities stand for at present.

    Attributes
    ----------
    places, participants, drivers
        By identity; whoever was erased is absent.
    travel
        Where the association's travel times come from.
    """

    places: Mapping[PlaceId, Place] = field(default_factory=dict)
    participants: Mapping[ParticipantId, Participant] = field(default_factory=dict)
    drivers: Mapping[DriverId, Driver] = field(default_factory=dict)
    travel: TravelSource = field(default_factory=EstimateSource)


def texts_of(plan: Plan, matrix: TravelMatrix) -> KeptTexts:
    """Write a plan down for good.

    Parameters
    ----------
    plan
        Judged before.
    matrix
        What it was judged by.

    Returns
    -------
    KeptTexts
        Neither names, telephone numbers, notes, addresses nor points. Words
        that people require are numbered, as somebody may have typed anything.
    """
    scenario = among_themselves(_nameless(plan.scenario))
    provenance = plan.provenance
    if provenance is not None:
        provenance = replace(provenance, scenario_sha256=scenario_sha256(scenario))
    kept = replace(plan, scenario=scenario, provenance=provenance)
    snapshot = {"scenario": scenario_data(scenario), "drives": sorted(_drives(plan, matrix))}
    return KeptTexts(dump_plan(kept), _json(snapshot))


def read_texts(texts: KeptTexts) -> KeptPlan:
    """Read a plan back.

    Parameters
    ----------
    texts
        From :func:`texts_of`.

    Returns
    -------
    KeptPlan
        The same rounds, ready to be judged again.

    Raises
    ------
    InputError
        When the texts were not written by this program.
    """
    data = json.loads(texts.snapshot)
    scenario = scenario_from_data(data["scenario"], "snapshot")
    plan = parse_plan(texts.plan, scenario, "plan")
    source = "estimate" if plan.provenance is None else plan.provenance.travel_source
    return KeptPlan(plan, _matrix(scenario, data["drives"], source))


def with_names(plan: Plan, names: Names) -> Plan:
    """Say again who and where.

    Parameters
    ----------
    plan
        As kept.
    names
        As people and places are called now.

    Returns
    -------
    Plan
        Whoever is unknown stays nameless.
    """
    scenario = plan.scenario
    return replace(
        plan,
        scenario=replace(
            scenario,
            places=tuple(_named_place(each, names.places.get(each.id)) for each in scenario.places),
            participants=tuple(
                _named_person(each, names.participants.get(each.id))
                for each in scenario.participants
            ),
            drivers=tuple(
                _named_driver(each, names.drivers.get(each.id)) for each in scenario.drivers
            ),
            travel=names.travel,
        ),
    )


def _named_place(place: Place, known: Place | None) -> Place:
    if known is None:
        return replace(place, name=_NO_LONGER_KNOWN, point=None)
    return replace(place, name=known.name, point=known.point, address=known.address)


def _named_person(person: Participant, known: Participant | None) -> Participant:
    if known is None:
        return person
    return replace(
        person,
        first_name=known.first_name,
        last_name=known.last_name,
        phone=known.phone,
        note=known.note,
    )


def _named_driver(driver: Driver, known: Driver | None) -> Driver:
    if known is None:
        return driver
    return replace(
        driver, first_name=known.first_name, last_name=known.last_name, phone=known.phone
    )


def _nameless(scenario: Scenario) -> Scenario:
    words = _numbered(_words(scenario))

    def coded(asked: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words[word] for word in asked)

    return replace(
        scenario,
        name=scenario.day.date.isoformat(),
        note=None,
        places=tuple(
            replace(each, name=each.id, point=_NOWHERE, address=None) for each in scenario.places
        ),
        vehicles=tuple(replace(each, features=coded(each.features)) for each in scenario.vehicles),
        drivers=tuple(
            replace(
                each,
                first_name="",
                last_name="",
                phone=None,
                qualifications=coded(each.qualifications),
            )
            for each in scenario.drivers
        ),
        participants=tuple(
            _nameless_person(each, coded(each.requires)) for each in scenario.participants
        ),
        bookings=tuple(
            replace(
                each,
                external_ref=None,
                requires=coded(each.requires),
                overrides=tuple(replace(o, motive=_UNSAID, by=_UNSAID) for o in each.overrides),
            )
            for each in scenario.bookings
        ),
        travel=EstimateSource(),
        # Who only asked is no part of the plan.
        flexible_bookings=(),
        group_events=(),
        protected_targets=(),
    )


def _nameless_person(person: Participant, requires: tuple[str, ...]) -> Participant:
    return replace(
        person,
        first_name="",
        last_name="",
        phone=None,
        note=None,
        requires=requires,
        referrals=tuple(replace(each, prescriber=None) for each in person.referrals),
        eligibility=_unsigned(person.eligibility),
    )


def _unsigned(check: Eligibility | None) -> Eligibility | None:
    """Keep that somebody has signed a check, and not who."""
    if check is None or check.checked_by is None:
        return check
    return replace(check, checked_by=_UNSAID)


def _words(scenario: Scenario) -> Iterator[str]:
    askers: tuple[Booking | Participant, ...] = (*scenario.participants, *scenario.bookings)
    offers: tuple[Vehicle, ...] = scenario.vehicles
    yield from chain.from_iterable(each.requires for each in askers)
    yield from chain.from_iterable(each.features for each in offers)
    yield from chain.from_iterable(each.qualifications for each in scenario.drivers)


def _numbered(words: Iterator[str]) -> dict[str, str]:
    return {word: f"w{number}" for number, word in enumerate(dict.fromkeys(words), start=1)}


def _drives(plan: Plan, matrix: TravelMatrix) -> set[Drive]:
    """Return what the judge will ask for: drives of the rounds, direct drives of the legs."""
    known = set(matrix.place_ids)
    stops = (pairwise(stop.place for stop in each.stops) for each in plan.rounds)
    direct = ((leg.origin, leg.destination) for leg in legs_of(plan.scenario))
    found = set()
    for origin, destination in chain(chain.from_iterable(stops), direct):
        if origin == destination or not {origin, destination} <= known:
            continue
        seconds = matrix.seconds_between(origin, destination)
        metres = matrix.metres_between(origin, destination)
        if seconds is not None and metres is not None:
            found.add((origin, destination, seconds, metres))
    return found


def _matrix(scenario: Scenario, drives: list[Drive], source: str) -> TravelMatrix:
    row = {place.id: at for at, place in enumerate(scenario.places)}
    seconds = np.full((len(row), len(row)), UNREACHABLE, dtype=np.int32)
    metres = seconds.copy()
    for table in (seconds, metres):
        np.fill_diagonal(table, 0)
    for origin, destination, drive_s, drive_m in drives:
        seconds[row[origin], row[destination]] = drive_s
        metres[row[origin], row[destination]] = drive_m
    return TravelMatrix(tuple(row), seconds, metres, source)


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
