"""Shapes of a plan file. Ids may lead nowhere: that is for the judge to say."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tus_dispatch.domain.certificate import NO_BOUND, Certificate
from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.objective import Profile
from tus_dispatch.domain.plan import (
    CostBreakdown,
    Flag,
    Promise,
    Provenance,
    Stop,
    StopKind,
    Unserved,
)
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.units import LegId, PlaceId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import MOST_ENTRIES, Shape
from tus_dispatch.formats.native.texts import Reference, Sentence, Word
from tus_dispatch.formats.native.times import Date, window_of

# Wide enough for wrong plans, narrow enough for a calendar.
SecondOfDay = Annotated[int, Field(ge=-1_000_000, le=10_000_000)]
Amount = Annotated[int, Field(ge=-(2**31), le=2**31)]
Money = Annotated[int, Field(ge=-(2**62), le=2**62)]
Share = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Hash = Annotated[str, Field(max_length=200)]


class LoadShape(Shape):
    """What is taken up aboard."""

    seats: Amount = 0
    wheelchairs: Amount = 0
    child_seats: Amount = 0


class StopShape(Shape):
    """One action of a round; ``at`` repeats ``start_s`` as people read it."""

    kind: Annotated[StopKind, Field(strict=False)]
    place: Reference
    leg: Reference | None = None
    at: Word
    arrival_s: SecondOfDay
    start_s: SecondOfDay
    departure_s: SecondOfDay
    drive_s: Amount = 0
    drive_m: Amount = 0
    load: LoadShape = LoadShape()

    def to_domain(self) -> Stop:
        """Return the stop."""
        return Stop(
            kind=self.kind,
            place=PlaceId(self.place),
            leg=None if self.leg is None else LegId(self.leg),
            arrival_s=self.arrival_s,
            start_s=self.start_s,
            departure_s=self.departure_s,
            drive_s=self.drive_s,
            drive_m=self.drive_m,
            load=Load(self.load.seats, self.load.wheelchairs, self.load.child_seats),
        )


class SeatsShape(Shape):
    """How the vehicle is fitted out for the round."""

    seats: Amount
    wheelchairs: Amount = 0


class RoundShape(Shape):
    """What one shift does."""

    shift: Reference
    vehicle: Reference
    driver: Reference | None
    configuration: SeatsShape
    stops: list[StopShape] = Field(max_length=MOST_ENTRIES)


class UnservedShape(Shape):
    """A leg left out, and why."""

    leg: Reference
    code: Word
    slug: Word
    sentence: Sentence
    relaxation: Word | None = None

    def to_domain(self) -> Unserved:
        """Return the leg and its reason."""
        return Unserved(
            LegId(self.leg), Reason(self.code, self.slug, self.sentence), self.relaxation
        )


class FlagShape(Shape):
    """Something that nothing forbids and somebody should look at."""

    where: Reference
    code: Word
    slug: Word
    sentence: Sentence

    def to_domain(self) -> Flag:
        """Return the flag."""
        return Flag(self.where, Reason(self.code, self.slug, self.sentence))


class PromiseShape(Shape):
    """What a person was told; ``from`` and ``until`` repeat the seconds as people read them."""

    leg: Reference
    start: Word = Field(alias="from")
    until: Word
    earliest_s: SecondOfDay
    latest_s: SecondOfDay

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        self.to_domain()
        return self

    def to_domain(self) -> Promise:
        """Return the promise."""
        return Promise(LegId(self.leg), window_of(self.earliest_s, self.latest_s))


class CostShape(Shape):
    """Thousandths of a cent."""

    distance: Money = 0
    duty: Money = 0
    rounds: Money = 0
    excess_ride: Money = 0
    wait_aboard: Money = 0
    early: Money = 0
    late: Money = 0
    unserved: Money = 0
    hours: Money = 0
    rotation: Money = 0
    regular_driver: Money = 0
    total: Money

    @model_validator(mode="after")
    def _expect_sum(self) -> Self:
        if self.to_domain().total != self.total:
            raise refusal("plan-contradiction", f"total {self.to_domain().total}, somme du détail")
        return self

    def to_domain(self) -> CostBreakdown:
        """Return the parts."""
        return CostBreakdown(**self.model_dump(exclude={"total"}))


class ProvenanceShape(Shape):
    """How a plan came about; no wall time."""

    engine: Sentence
    version: Word
    seed: Money
    workers: Amount
    travel_source: Word
    warnings: list[Sentence] = Field(default_factory=list, max_length=1000)

    def to_domain(self, scenario_sha256: str) -> Provenance:
        """Return the provenance, with the hash that stands at the top of the file."""
        return Provenance(
            self.engine,
            self.version,
            self.seed,
            self.workers,
            scenario_sha256,
            self.travel_source,
            tuple(self.warnings),
        )


class CertificateShape(Shape):
    """How far the plan can be from the best; bound and gap are null where no bound is known."""

    lower_bound: Money | None = None
    gap: Share | None = None
    proved_optimal: bool = False
    method: Word = NO_BOUND

    def to_domain(self) -> Certificate:
        """Return the certificate as written; whether it is true is for the judge to say."""
        return Certificate(self.lower_bound, self.gap, self.proved_optimal, self.method)


class PlanFile(Shape):
    """All rounds of a service day, with times in seconds from its start."""

    format: Literal["tus-plan/1"]
    scenario_sha256: Hash
    service_date: Date
    time_zone: Word
    profile: Annotated[Profile, Field(strict=False)]
    provenance: ProvenanceShape | None = None
    cost: CostShape
    rounds: list[RoundShape] = Field(max_length=MOST_ENTRIES)
    unserved: list[UnservedShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    promises: list[PromiseShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    certificate: CertificateShape | None = None
    flags: list[FlagShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
