"""Any value that may fill a day, drawn from everything the words of the domain allow."""

from hypothesis import strategies as st

from tests.kept import World
from tests.kept_values import (
    BANDS,
    COUNTS,
    DATES,
    INSTANTS,
    SECONDS,
    TEXTS,
    WORDS,
    maybe,
    windows,
)
from tus_dispatch.domain.daytime import EventKind
from tus_dispatch.domain.demand import Purpose, ServiceRegime
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.kept_daytime import (
    KeptAttendance,
    KeptEvent,
    KeptFlexible,
    KeptHold,
    KeptTarget,
)
from tus_dispatch.domain.slot_offer import Hold, Sector, SlotOffer

CENTS = st.integers(0, 10**8)


def flexible(world: World) -> st.SearchStrategy[KeptFlexible]:
    """Draw a trip whose day and hour are open."""
    return st.builds(
        KeptFlexible,
        participant=st.just(world.anne.id),
        home=st.just(world.gare.id),
        place=st.just(world.bourg.id),
        windows=st.lists(BANDS, max_size=3).map(tuple),
        stay_s=SECONDS,
        one_way=st.booleans(),
        dates=st.lists(DATES, max_size=3).map(tuple),
        party_size=COUNTS,
        purpose=st.sampled_from(Purpose),
        regime=st.sampled_from(ServiceRegime),
        requires=WORDS,
        value_eur_cents=maybe(CENTS),
        booking=st.none(),
    )


def events(world: World) -> st.SearchStrategy[KeptEvent]:
    """Draw an event."""
    return st.builds(
        KeptEvent,
        service_date=DATES,
        name=TEXTS,
        kind=st.sampled_from(EventKind),
        place=st.just(world.bourg.id),
        window=windows(),
        capacity=COUNTS,
        early_s=SECONDS,
        late_s=SECONDS,
        purpose=st.sampled_from(Purpose),
        regime=st.sampled_from(ServiceRegime),
        value_eur_cents=maybe(CENTS),
    )


def attendances(world: World, event: str) -> st.SearchStrategy[KeptAttendance]:
    """Draw somebody who wants to come to an event."""
    return st.builds(
        KeptAttendance,
        event=st.just(event),
        participant=st.just(world.anne.id),
        home=st.just(world.gare.id),
        party_size=COUNTS,
        booking=st.none(),
    )


def targets(world: World) -> st.SearchStrategy[KeptTarget]:
    """Draw protected time that a driver is to have."""
    return st.builds(
        KeptTarget,
        service_date=DATES,
        driver=st.just(world.driver.id),
        kind=st.sampled_from(SlotKind),
        target_s=SECONDS,
        lengths_s=st.lists(SECONDS, max_size=3).map(tuple),
        place=maybe(st.just(world.bourg.id)),
        is_placed=st.booleans(),
    )


def holds(world: World) -> st.SearchStrategy[KeptHold]:
    """Draw seats on hold."""
    offer = st.builds(
        SlotOffer,
        id=TEXTS,
        place=st.just(world.bourg.id),
        slot=windows(),
        back=windows(),
        sector=st.builds(Sector, TEXTS, TEXTS),
        seats=COUNTS,
        marginal_m=SECONDS,
        marginal_paid_s=SECONDS,
    )
    hold = st.builds(
        Hold,
        offer=offer,
        seats=COUNTS,
        until_at=INSTANTS,
        held_by=maybe(TEXTS),
        booked=WORDS,
    )
    return st.builds(KeptHold, DATES, hold)
