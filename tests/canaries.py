"""People with a word that stands nowhere else in every field that is theirs."""

import json
from dataclasses import replace
from datetime import date, timedelta

from tests.kept import DAY, NOW_AT, World, add_place, booking_of
from tus_dispatch.domain.daytime import EventKind
from tus_dispatch.domain.demand import (
    Direction,
    Eligibility,
    EligibilityGround,
    Override,
    Participant,
    Referral,
)
from tus_dispatch.domain.kept_daytime import KeptAttendance, KeptEvent, KeptFlexible
from tus_dispatch.domain.organisation import Account, AccountId, Role
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.roster import (
    ContractDay,
    ContractPattern,
    KeptReferral,
    VehicleState,
    VehicleUse,
    WallBand,
)
from tus_dispatch.domain.standing import (
    BookingStatus,
    LegState,
    Recurrence,
    StandingBooking,
    WallLeg,
)
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId, ShiftId, VehicleId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.store import accounts, idempotency, offers, tokens
from tus_dispatch.store.accounts import Credential
from tus_dispatch.store.daytime import ATTENDANCES, EVENTS, FLEXIBLE
from tus_dispatch.store.idempotency import Kept
from tus_dispatch.store.offers import NewOffer
from tus_dispatch.store.resources import (
    ACCOUNTS,
    BOOKINGS,
    CONTRACTS,
    DRIVERS,
    PARTICIPANTS,
    PLACES,
    REFERRALS,
    STANDING,
    VEHICLE_USES,
)
from tus_dispatch.store.session import Database, Session
from tus_dispatch.store.tokens import DriverLink, NewToken

PAST = date(2026, 3, 2)


class Canaries:
    """Words that stand nowhere else; one for each place where something personal may be kept."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def new(self) -> str:
        """Return a word nobody else uses."""
        self.words.append(f"kanarienvogel{len(self.words):03d}")
        return self.words[-1]


def plant_participant(database: Database, world: World, canaries: Canaries) -> ParticipantId:
    """Keep somebody with a canary in every field that is theirs."""
    organisation, hand, new = world.organisation, world.dispatcher, canaries.new
    first = Participant(
        ParticipantId("new"),
        new(),
        new(),
        new(),
        requires=(new(), new()),
        note=new(),
        eligibility=Eligibility(EligibilityGround.INCOME, PAST, None, new()),
    )
    with database.write() as session:
        kept = PARTICIPANTS.add(session, organisation, first, actor=hand)
        home = add_place(session, organisation, new(), 46.5, address=new(), home_of=kept.id)
    # A later change leaves the old words behind in the pages of the files.
    again = replace(kept.value, first_name=new(), last_name=new(), phone=new(), note=new())
    place = replace(home.value.place, name=new(), address=new(), insee=new())
    with database.write() as session:
        PARTICIPANTS.change(session, organisation, kept.id, 1, again, actor=hand)
        moved = replace(home.value, place=place)
        PLACES.change(session, organisation, home.id, 1, moved, actor=hand)
        plant_demand(session, world, canaries, home.id, ParticipantId(kept.id))
        plant_answers(session, world, canaries, [kept.id, home.id])
    return ParticipantId(kept.id)


def plant_demand(
    session: Session, world: World, canaries: Canaries, home: str, person: ParticipantId
) -> None:
    """Refer, book and lend a vehicle to somebody."""
    organisation, new = world.organisation, canaries.new
    for day in range(4):
        referral = Referral(PAST, PAST + timedelta(days=90), new())
        REFERRALS.add(session, organisation, KeptReferral(person, referral), actor=None)
        asked = booking_of(world, PAST + timedelta(days=day))
        booking = replace(
            asked.booking,
            participant=person,
            external_ref=new(),
            requires=(new(),),
            overrides=(Override("no-referral", new(), "acc_a", NOW_AT),),
        )
        done = (LegState(Direction.OUTWARD, BookingStatus.DONE),)
        told = Reason("TUS-2021", "no-referral", new())
        value = replace(asked, booking=booking, states=done, refused=told)
        BOOKINGS.add(session, organisation, value, actor=None)
    leg = WallLeg(PlaceId(home), PlaceId(world.gare.id), arrive_by="09:00")
    for _ in range(2):
        standing = StandingBooking(person, Recurrence(f"FREQ=WEEKLY;X-{new()}", PAST), leg)
        STANDING.add(session, organisation, standing, actor=None)
    texts = (json.dumps({"note": new()}), json.dumps({"x": new()}))
    offers.add(session, organisation, NewOffer(person, DAY, 1, *texts, NOW_AT + 600))
    vehicle = VehicleId(world.vehicle.id)
    flexible = KeptFlexible(
        person,
        PlaceId(home),
        PlaceId(world.gare.id),
        (WallBand("09:00", f"12:00 {new()}"),),
        requires=(new(),),
    )
    FLEXIBLE.add(session, organisation, flexible, actor=None)
    window = TimeWindow(6 * 3600, 8 * 3600)
    workshop = KeptEvent(DAY, "Atelier", EventKind.WORKSHOP, PlaceId(world.gare.id), window, 8)
    event = EVENTS.add(session, organisation, workshop, actor=None).id
    ATTENDANCES.add(session, organisation, KeptAttendance(event, person, PlaceId(home)), actor=None)
    rental = VehicleUse(vehicle, VehicleState.RENTED, NOW_AT - 9000, NOW_AT - 60, person)
    VEHICLE_USES.add(session, organisation, rental, actor=None)


def plant_answers(
    session: Session, world: World, canaries: Canaries, identities: list[str]
) -> None:
    """Keep answers that speak of somebody, or of their home."""
    new = canaries.new
    for identity in (*identities, identities[0]):
        body = json.dumps({"id": identity, "first_name": new()}).encode()
        answer = Kept(new(), 201, {"X": new()}, body)
        key = f"key {len(canaries.words)}"
        idempotency.keep(session, world.organisation, "acc_a", key, answer)


def plant_driver(session: Session, world: World, canaries: Canaries) -> DriverId:
    """Give the driver a name, an account, tokens and a link, with a canary in each."""
    organisation, new = world.organisation, canaries.new
    driver = DriverId(world.driver.id)
    value = replace(
        world.driver.value,
        first_name=new(),
        last_name=new(),
        phone=new(),
        qualifications=(new(),),
    )
    DRIVERS.change(session, organisation, driver, 1, value, actor=None)
    day = ContractDay(0, WallBand("06:00", f"12:00 {new()}"))
    CONTRACTS.add(session, organisation, ContractPattern(driver, (day,)), actor=None)
    account = ACCOUNTS.add(
        session, organisation, Account(new(), Role.DRIVER, new(), driver), actor=None
    )
    hand = AccountId(account.id)
    accounts.set_credential(session, organisation, hand, Credential(new(), new()))
    accounts.open_session(session, organisation, hand, new(), NOW_AT + 600)
    tokens.add_token(session, organisation, NewToken(hand, new(), new(), (new(),)))
    link = DriverLink(driver, ShiftId("shf_a"), DAY, new(), new(), NOW_AT, NOW_AT + 600)
    tokens.add_link(session, organisation, link)
    return driver
