"""Any value the store may be given, drawn from everything the words of the domain allow."""

from typing import Any

from hypothesis import strategies as st

from tests.kept import World
from tus_dispatch.domain.demand import (
    Booking,
    Direction,
    Eligibility,
    EligibilityGround,
    LegRequest,
    Override,
    Participant,
    Pin,
    Purpose,
    Referral,
    ServiceRegime,
)
from tus_dispatch.domain.fleet import (
    BreakRule,
    Configuration,
    Driver,
    Energy,
    SlotKind,
    Vehicle,
    VehicleTitle,
)
from tus_dispatch.domain.law import Area, DistanceBasis, Law, TripMode, Zone
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.organisation import Account, HolidayArea, Organisation, Role
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.roster import (
    ContractDay,
    ContractPattern,
    DriverTime,
    FleetItem,
    FleetKind,
    KeptPlace,
    KeptReferral,
    OpeningHours,
    ShiftRule,
    VehicleState,
    VehicleUse,
    WallBand,
)
from tus_dispatch.domain.scenario import SchoolZone, Territory
from tus_dispatch.domain.standing import (
    BookingStatus,
    DatedBooking,
    LegState,
    Recurrence,
    StandingBooking,
    TripResult,
    WallLeg,
)
from tus_dispatch.domain.travel_source import (
    EstimateSource,
    MatrixSource,
    OsrmSource,
    RoadsSource,
    Terrain,
)
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.domain.working_time import Enforcement, WorkingTime

# What the interface lets through: no control characters, no halves of characters.
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\x00"), max_size=30
)
SECONDS = st.integers(0, 129_600)
COUNTS = st.integers(0, 8)
INSTANTS = st.integers(0, 4_000_000_000)
WORDS = st.lists(TEXTS, max_size=3).map(tuple)
DATES = st.dates()
FACTORS = st.floats(0.1, 10, allow_nan=False)
WALLS = st.from_regex(r"([01]\d|2[0-3]):[0-5]\d(\+1)?", fullmatch=True)
BANDS = st.builds(WallBand, WALLS, WALLS)
NEW_ID = st.just("new")


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value or None."""
    return st.none() | strategy


@st.composite
def windows(draw: st.DrawFn) -> TimeWindow:
    """Draw a window that is not empty."""
    return TimeWindow(*sorted((draw(SECONDS), draw(SECONDS))))


@st.composite
def periods(draw: st.DrawFn) -> tuple[int, int]:
    """Draw a period that is not empty."""
    start = draw(INSTANTS)
    return start, start + draw(st.integers(1, 10**7))


RIDE_LIMITS = st.builds(RideLimit, COUNTS, SECONDS, SECONDS, SECONDS)
BREAKS = st.builds(BreakRule, SECONDS, SECONDS, maybe(windows()))
PINS = st.builds(Pin, maybe(TEXTS), maybe(SECONDS), SECONDS)
OVERRIDES = st.builds(Override, TEXTS, TEXTS, TEXTS, INSTANTS)
REASONS = st.builds(Reason, TEXTS, TEXTS, TEXTS)
WORKING_TIMES = st.builds(
    WorkingTime,
    st.sampled_from(Enforcement),
    st.lists(st.tuples(TEXTS, maybe(SECONDS)), max_size=3).map(tuple),
)
SOURCES = st.one_of(
    st.builds(EstimateSource, FACTORS),
    st.builds(RoadsSource, TEXTS, FACTORS),
    st.builds(OsrmSource, TEXTS, TEXTS, FACTORS),
    st.just(MatrixSource(("a", "b"), ((0, None), (7, 0)), ((0, 9), (None, 0)))),  # type: ignore[arg-type]
)


def laws() -> st.SearchStrategy[Law]:
    """Draw what an association tells about the law of its trips."""
    communes = st.frozensets(TEXTS, max_size=3)
    areas = st.lists(st.builds(Area, TEXTS, communes, communes), max_size=2).map(tuple)
    return st.builds(
        Law,
        trips=st.sampled_from(TripMode),
        zone=maybe(st.builds(Zone, maybe(DATES), communes, maybe(TEXTS))),
        hubs=WORDS,
        authorities=areas,
        public_services=areas,
        tariff_eur_cents_per_km=maybe(COUNTS),
        strict_cost_share=maybe(st.booleans()),
        distance_basis=maybe(st.sampled_from(DistanceBasis)),
        referral_required=maybe(st.booleans()),
    )


def organisations() -> st.SearchStrategy[Organisation]:
    """Draw an association with its settings."""
    territory = st.builds(
        Territory,
        TEXTS,
        st.sampled_from(["Europe/Paris", "Indian/Reunion"]),
        maybe(st.sampled_from(SchoolZone)),
        st.sampled_from(Terrain),
    )
    weights = st.builds(Weights, per_metre=COUNTS, per_late_second=SECONDS)
    objective = st.builds(Objective, st.sampled_from(Profile), weights)
    policy = st.builds(Policy, RIDE_LIMITS, max_wait_aboard_s=SECONDS, extra_person_s=SECONDS)
    return st.builds(
        Organisation,
        TEXTS,
        territory,
        objective,
        policy,
        SOURCES,
        st.integers(1, 120),
        SECONDS,
        st.sampled_from(HolidayArea),
        st.integers(0, 2**40),
        maybe(laws()),
        maybe(WORKING_TIMES),
    )


def places(world: World) -> st.SearchStrategy[KeptPlace]:
    """Draw a place, perhaps somebody's home."""
    points = st.builds(LatLon, lat=st.floats(-90, 90), lon=st.floats(-180, 180))
    place = st.builds(
        Place, NEW_ID, TEXTS, maybe(points), maybe(TEXTS), maybe(TEXTS), maybe(SECONDS)
    )
    homes = st.sampled_from([world.anne.id, world.driver.id])
    hours = st.builds(OpeningHours, st.integers(0, 6), BANDS)
    return st.builds(
        KeptPlace, place, maybe(homes), st.lists(hours, max_size=3).map(tuple), st.booleans()
    )


def vehicles(world: World) -> st.SearchStrategy[FleetItem]:
    """Draw a vehicle."""
    seats = st.lists(st.builds(Configuration, COUNTS, COUNTS), min_size=1, max_size=3).map(tuple)
    vehicle = st.builds(
        Vehicle,
        NEW_ID,
        TEXTS,
        st.just(world.gare.id),
        seats,
        COUNTS,
        st.sampled_from(Energy),
        maybe(st.integers(0, 2_000_000)),
        st.sampled_from(VehicleTitle),
        st.just(()),
        WORDS,
    )
    return st.builds(FleetItem, vehicle, st.sampled_from(FleetKind))


@st.composite
def vehicle_uses(draw: st.DrawFn, world: World) -> VehicleUse:
    """Draw a period in the vehicle's calendar."""
    who = draw(maybe(st.just(world.anne.id)))
    state = draw(st.sampled_from(VehicleState))
    return VehicleUse(world.vehicle.value.vehicle.id, state, *draw(periods()), who)


@st.composite
def driver_times(draw: st.DrawFn, world: World) -> DriverTime:
    """Draw an absence or a protected slot."""
    place = draw(maybe(st.just(world.bourg.id)))
    slot = draw(maybe(st.sampled_from(SlotKind)))
    return DriverTime(world.driver.value.id, slot, *draw(periods()), place)


def drivers(world: World) -> st.SearchStrategy[Driver]:
    """Draw a driver."""
    return st.builds(
        Driver,
        NEW_ID,
        TEXTS,
        TEXTS,
        maybe(TEXTS),
        st.booleans(),
        maybe(SECONDS),
        SECONDS,
        SECONDS,
        maybe(INSTANTS),
        WORDS,
        st.just(()),
        maybe(st.just(world.gare.id)),
        medical_until=maybe(DATES),
    )


def contracts(world: World) -> st.SearchStrategy[ContractPattern]:
    """Draw the pattern of a contract."""
    days = st.lists(st.builds(ContractDay, st.integers(0, 6), BANDS), max_size=5).map(tuple)
    return st.builds(
        ContractPattern, st.just(world.driver.id), days, SECONDS, maybe(DATES), maybe(DATES)
    )


def shift_rules(world: World) -> st.SearchStrategy[ShiftRule]:
    """Draw a shift of a week or of a day."""
    return st.builds(
        ShiftRule,
        TEXTS,
        st.just(world.vehicle.id),
        maybe(st.just(world.driver.id)),
        BANDS,
        BANDS,
        st.just(world.gare.id),
        st.just(world.bourg.id),
        st.lists(st.integers(0, 6), max_size=7).map(tuple),
        maybe(DATES),
        maybe(DATES),
        maybe(DATES),
        st.none(),
        st.booleans(),
        maybe(BREAKS),
        maybe(SECONDS),
    )


def participants(world: World) -> st.SearchStrategy[Participant]:
    """Draw a participant."""
    eligibility = st.builds(
        Eligibility, st.sampled_from(EligibilityGround), maybe(DATES), maybe(DATES), maybe(TEXTS)
    )
    return st.builds(
        Participant,
        id=NEW_ID,
        first_name=TEXTS,
        last_name=TEXTS,
        phone=maybe(TEXTS),
        boarding_s=SECONDS,
        alighting_s=SECONDS,
        wheelchair=st.booleans(),
        companions=COUNTS,
        child_seats=COUNTS,
        ride_limit=maybe(RIDE_LIMITS),
        eligibility=maybe(eligibility),
        referrals=st.just(()),
        never_with=st.just((world.anne.id,)) | st.just(()),
        requires=WORDS,
        note=maybe(TEXTS),
        regular_driver=maybe(st.just(world.driver.id)),
    )


def referrals(world: World) -> st.SearchStrategy[KeptReferral]:
    """Draw a referral."""
    referral = st.builds(Referral, DATES, maybe(DATES), maybe(TEXTS))
    return st.builds(KeptReferral, st.just(world.anne.id), referral)


@st.composite
def bookings(draw: st.DrawFn, world: World) -> DatedBooking:
    """Draw a booking with one state for each of its legs."""
    leg = st.builds(
        LegRequest,
        st.just(world.gare.id),
        st.just(world.bourg.id),
        maybe(SECONDS),
        maybe(SECONDS),
        maybe(windows()),
        maybe(windows()),
        maybe(SECONDS),
        maybe(SECONDS),
        maybe(SECONDS),
        maybe(PINS),
    )
    outward, back = draw(st.tuples(maybe(leg), maybe(leg)).filter(any))
    booking = draw(
        st.builds(
            Booking,
            NEW_ID,
            st.just(world.anne.id),
            st.just(outward),
            st.just(back),
            COUNTS,
            st.sampled_from(Purpose),
            st.sampled_from(ServiceRegime),
            st.integers(0, 100),
            maybe(st.integers(0, 100_000)),
            WORDS,
            maybe(TEXTS),
            maybe(st.integers(0, 10_000)),
            st.lists(OVERRIDES, max_size=2).map(tuple),
        )
    )
    ways = [(Direction.OUTWARD, outward), (Direction.RETURN, back)]
    results = maybe(st.sampled_from(TripResult))
    states = tuple(
        LegState(way, draw(st.sampled_from(BookingStatus)), draw(results))
        for way, asked in ways
        if asked is not None
    )
    return DatedBooking(draw(DATES), booking, states, refused=draw(maybe(REASONS)))


def standing(world: World) -> st.SearchStrategy[StandingBooking]:
    """Draw a standing booking."""
    leg = st.builds(
        WallLeg,
        st.just(world.gare.id),
        st.just(world.bourg.id),
        maybe(WALLS),
        maybe(WALLS),
        maybe(BANDS),
        maybe(BANDS),
        maybe(SECONDS),
    )
    dates = st.lists(DATES, max_size=3).map(tuple)
    recurrence = st.builds(
        Recurrence, TEXTS, DATES, maybe(DATES), dates, dates, st.booleans(), st.booleans()
    )
    return st.builds(
        StandingBooking,
        st.just(world.anne.id),
        recurrence,
        maybe(leg),
        maybe(leg),
        COUNTS,
        st.sampled_from(Purpose),
        st.sampled_from(ServiceRegime),
        st.integers(0, 100),
    )


def accounts(world: World) -> st.SearchStrategy[Account]:
    """Draw an account."""
    return st.builds(
        Account,
        TEXTS,
        st.sampled_from(Role),
        TEXTS,
        maybe(st.just(world.driver.id)),
        maybe(TEXTS),
        st.booleans(),
        maybe(DATES),
        st.booleans(),
    )
