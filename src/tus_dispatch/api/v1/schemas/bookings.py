"""Bookings of a day: asked for directly, or made by taking an offer."""

from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import ConfigDict, Field, WithJsonSchema, model_validator

from tus_dispatch.api.body import unprocessable
from tus_dispatch.api.v1.schemas.base import (
    At,
    Day,
    local_text,
)
from tus_dispatch.domain.demand import (
    Booking,
    Direction,
    LegRequest,
    Override,
    Pin,
    Purpose,
    ServiceRegime,
)
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import (
    BookingStatus,
    DatedBooking,
    LegState,
)
from tus_dispatch.domain.units import BookingId, ParticipantId, PlaceId, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.native.demand import expect_liftable
from tus_dispatch.formats.native.problems import problem, shorten
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Duration, Shape
from tus_dispatch.formats.native.texts import Id, Note, Text, Word, Words
from tus_dispatch.rules.overrides import liftable_slugs

if TYPE_CHECKING:
    from tus_dispatch.errors import Problem

PartySize = Annotated[int, Field(ge=1, le=100)]
Priority = Annotated[int, Field(ge=0, le=100)]
Price = Annotated[
    int,
    Field(ge=0, le=10**8, description="What leaving it out costs; null: it must be served."),
]
Contribution = Annotated[
    int, Field(ge=0, le=10**6, description="Agreed for each leg; null: the tariff.")
]
_BOOKING: dict[str, Any] = {
    "service_date": "2026-03-27",
    "participant": "prt_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "outward": {
        "origin": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
        "destination": "plc_6q4t8v2w5x7z9b3d4f2f5n7h3k",
        "arrive_by": "2026-03-27T09:00:00+01:00",
    },
    "return": {
        "origin": "plc_6q4t8v2w5x7z9b3d4f2f5n7h3k",
        "destination": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
        "not_before": "2026-03-27T11:30:00+01:00",
    },
    "purpose": "medical",
}


class WindowBody(Shape):
    """Earliest and latest start of service at a door."""

    earliest: At
    latest: At

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        if self.latest < self.earliest:
            raise refusal("inverted-window", "une fin qui ne précède pas le début")
        return self


class LegBody(Shape):
    """One direction; at least one time is given."""

    origin: Id
    destination: Id
    arrive_by: At | None = None
    not_before: At | None = None
    pickup_window: WindowBody | None = None
    dropoff_window: WindowBody | None = None
    max_ride_s: Duration | None = None
    boarding_s: Duration | None = None
    alighting_s: Duration | None = None

    @model_validator(mode="after")
    def _expect_sense(self) -> Self:
        if self.origin == self.destination:
            raise refusal("same-place", "une arrivée ailleurs qu’au départ")
        earliest, latest = self.bounds()
        if not earliest and not latest:
            raise refusal("leg-without-time", "arrive_by, not_before ou un créneau")
        if (self.arrive_by and self.dropoff_window) or (self.not_before and self.pickup_window):
            raise refusal("two-times", "une heure ou un créneau, pas les deux")
        if earliest and latest and min(latest) < max(earliest):
            raise refusal("leg-backwards", "une arrivée plus tard que le départ")
        return self

    def bounds(self) -> tuple[list[int], list[int]]:
        """Collect what bounds the pickup from below and the dropoff from above.

        Returns
        -------
        earliest, latest : list of int
            UTC epoch seconds; empty without such a bound.
        """
        pickup, dropoff = self.pickup_window, self.dropoff_window
        earliest = [self.not_before, None if pickup is None else pickup.earliest]
        latest = [self.arrive_by, None if dropoff is None else dropoff.latest]
        return [e for e in earliest if e is not None], [x for x in latest if x is not None]


class PinBody(Shape):
    """A choice of the dispatcher that planning must keep."""

    shift: Id | None = None
    pickup: At | None = None
    tolerance_s: Duration = 0

    @model_validator(mode="after")
    def _expect_choice(self) -> Self:
        if self.shift is None and self.pickup is None:
            raise refusal("pin", "une vacation (shift) ou une heure (pickup)")
        return self


Liftable = Annotated[Word, WithJsonSchema({"type": "string", "enum": list(liftable_slugs())})]


class LiftedBody(Shape):
    """A rule of the association lifted for this booking; who and when is noted by the service."""

    reason: Liftable
    motive: Note

    @model_validator(mode="after")
    def _expect_rule(self) -> Self:
        expect_liftable(self.reason)
        return self

    def to_domain(self) -> Override:
        """Return what is lifted, not signed yet."""
        return Override(self.reason, self.motive, "", 0)


class BookingBody(Shape):
    """What somebody asks for on a day: an outward leg, a return leg, or both linked."""

    model_config = ConfigDict(json_schema_extra={"examples": [_BOOKING]})

    service_date: Day
    participant: Id
    outward: LegBody | None = None
    return_leg: LegBody | None = Field(default=None, alias="return")
    outward_pin: PinBody | None = None
    return_pin: PinBody | None = None
    party_size: PartySize = 1
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.OTHER
    regime: Annotated[ServiceRegime, Field(strict=False)] = ServiceRegime.TUS
    priority: Priority = 0
    price_eur_cents: Price | None = None
    requires: Words = Field(default_factory=list)
    external_ref: Text | None = None
    participation_eur_cents: Contribution | None = None
    overrides: list[LiftedBody] = Field(default_factory=list, max_length=20)

    @model_validator(mode="after")
    def _expect_sense(self) -> Self:
        if self.outward is None and self.return_leg is None:
            raise refusal("booking-without-leg", "un aller (outward) ou un retour (return)")
        for leg, pin in ((self.outward, self.outward_pin), (self.return_leg, self.return_pin)):
            if pin is not None and leg is None:
                raise refusal("pin", "un verrouillage d’un trajet demandé")
        return self

    def to_domain(self, day: ServiceDay, states: tuple[LegState, ...] = ()) -> DatedBooking:
        """Return the booking with its times as seconds of its day.

        Parameters
        ----------
        day
            The service day, which is the one of ``service_date``.
        states
            Of its legs; just requested where none are given.

        Returns
        -------
        DatedBooking
            Its identity is given when it is kept.

        Raises
        ------
        ApiError
            422 naming every time outside the day.
        """
        clock = _DayClock(day)
        booking = Booking(
            id=BookingId(""),
            participant=ParticipantId(self.participant),
            outward=clock.leg("outward", self.outward, self.outward_pin),
            return_leg=clock.leg("return", self.return_leg, self.return_pin),
            party_size=self.party_size,
            purpose=self.purpose,
            regime=self.regime,
            priority=self.priority,
            price_eur_cents=self.price_eur_cents,
            requires=tuple(self.requires),
            external_ref=self.external_ref,
            participation_eur_cents=self.participation_eur_cents,
            overrides=tuple(each.to_domain() for each in self.overrides),
        )
        if clock.problems:
            raise unprocessable(tuple(clock.problems))
        legs = ((Direction.OUTWARD, self.outward), (Direction.RETURN, self.return_leg))
        requested = tuple(
            LegState(direction, BookingStatus.REQUESTED) for direction, leg in legs if leg
        )
        return DatedBooking(self.service_date, booking, states or requested)


class _DayClock:
    """Turns instants into seconds of one day, and notes those outside it."""

    def __init__(self, day: ServiceDay) -> None:
        self.day = day
        self.problems: list[Problem] = []

    def leg(self, name: str, body: LegBody | None, pin: PinBody | None) -> LegRequest | None:
        """Return one direction."""
        if body is None:
            return None
        return LegRequest(
            origin=PlaceId(body.origin),
            destination=PlaceId(body.destination),
            arrive_by_s=self._second(f"/{name}/arrive_by", body.arrive_by),
            not_before_s=self._second(f"/{name}/not_before", body.not_before),
            pickup_window=self._window(f"/{name}/pickup_window", body.pickup_window),
            dropoff_window=self._window(f"/{name}/dropoff_window", body.dropoff_window),
            max_ride_s=body.max_ride_s,
            boarding_s=body.boarding_s,
            alighting_s=body.alighting_s,
            pin=self._pin(f"/{name}_pin/pickup", pin),
        )

    def _pin(self, where: str, pin: PinBody | None) -> Pin | None:
        if pin is None:
            return None
        shift = None if pin.shift is None else ShiftId(pin.shift)
        return Pin(shift, self._second(where, pin.pickup), pin.tolerance_s)

    def _window(self, where: str, window: WindowBody | None) -> TimeWindow | None:
        if window is None:
            return None
        earliest_s = self._second(f"{where}/earliest", window.earliest)
        latest_s = self._second(f"{where}/latest", window.latest)
        return TimeWindow(earliest_s or 0, max(earliest_s or 0, latest_s or 0))

    def _second(self, where: str, at: int | None) -> int | None:
        if at is None:
            return None
        second = at - self.day.start_at
        if not 0 <= second <= self.day.length_s:
            written = local_text(at, self.day.time_zone)
            expected = "une heure de ce jour de service, de 04:00 à 04:00 le lendemain"
            self.problems.append(problem("unusable-time", where, shorten(written), expected))
            return 0
        return second


class TakenOfferBody(Shape):
    """An offer that somebody takes; the promise it makes is kept."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"offer": "off_2f5n7h3k6q4t8v2w5x7z9b3d4f"}]}
    )

    offer: Id


class CancelBody(Shape):
    """Which legs are given up, and by whom."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"directions": ["out"], "keeps_return": True}]}
    )

    by_service: bool = False
    directions: (
        Annotated[
            list[Annotated[Direction, Field(strict=False)]], Field(min_length=1, max_length=2)
        ]
        | None
    ) = None
    keeps_return: Annotated[
        bool | None,
        Field(description="With the outward leg alone: whether the return still takes place."),
    ] = None
