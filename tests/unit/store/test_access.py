"""Sessions, tokens and links open a door exactly as long as they should."""

from dataclasses import replace

import pytest

from tests.kept import DAY, NOW_AT, SetClock, World, make_world
from tus_dispatch.domain.organisation import Account, AccountId, Role
from tus_dispatch.domain.units import DriverId, ShiftId
from tus_dispatch.errors import ConflictError, NotFoundError
from tus_dispatch.store import accounts, tokens
from tus_dispatch.store.accounts import Credential
from tus_dispatch.store.resources import ACCOUNTS
from tus_dispatch.store.session import Database
from tus_dispatch.store.tokens import DriverLink, NewToken

ACCOUNT = Account("Regulation@exemple.fr", Role.DISPATCHER, "Régulation")


@pytest.fixture
def account(database: Database, world: World) -> AccountId:
    with database.write() as session:
        return AccountId(ACCOUNTS.add(session, world.organisation, ACCOUNT, actor=None).id)


def link_for(world: World, mark: str = "t1") -> DriverLink:
    return DriverLink(
        DriverId(world.driver.id), ShiftId("shf_a"), DAY, mark, "pin", NOW_AT, NOW_AT + 3600
    )


def clock_of(database: Database) -> SetClock:
    assert isinstance(database.clock, SetClock)
    return database.clock


def test_a_login_is_found_without_regard_to_capitals_and_is_there_once(
    database: Database, world: World, account: AccountId
) -> None:
    with database.read() as session:
        found = accounts.find_by_login(session, "REGULATION@exemple.FR")
        assert accounts.find_by_login(session, "autre@exemple.fr") is None
    assert found is not None
    assert (found[0], found[1].id, found[1].value) == (world.organisation, account, ACCOUNT)

    with database.write() as session:
        other = make_world(session, "Une autre")
    twin = replace(ACCOUNT, login="régulation@exemple.fr")
    with database.write() as session:
        ACCOUNTS.add(session, other.organisation, twin, actor=None)
    with pytest.raises(ConflictError) as refusal, database.write() as session:
        ACCOUNTS.add(session, other.organisation, ACCOUNT, actor=None)
    assert refusal.value.problem.code == "TUS-5007"


def test_a_credential_is_replaced_as_a_whole(
    database: Database, world: World, account: AccountId
) -> None:
    first = Credential("hash", "secret", 5, failures=3, locked_until_at=NOW_AT + 60)
    with database.write() as session:
        before = accounts.credential(session, world.organisation, account)
        accounts.set_credential(session, world.organisation, account, first)
        kept = accounts.credential(session, world.organisation, account)
        accounts.set_credential(session, world.organisation, account, Credential("new"))
        replaced = accounts.credential(session, world.organisation, account)

    assert (before, kept, replaced) == (Credential(), first, Credential("new"))


def test_a_session_ends_by_signing_out_or_by_time(
    database: Database, world: World, account: AccountId
) -> None:
    with database.write() as session:
        identity = accounts.open_session(session, world.organisation, account, "hash", NOW_AT + 100)
        accounts.open_session(session, world.organisation, account, "late", NOW_AT + 100)
        alive = accounts.find_session(session, "hash")
        accounts.end_session(session, world.organisation, identity)
        signed_out = accounts.find_session(session, "hash")
        clock_of(database).at += 100
        expired = accounts.find_session(session, "late")

    assert alive is not None
    assert (alive.id, alive.organisation, alive.account.id) == (
        identity,
        world.organisation,
        account,
    )
    assert (signed_out, expired) == (None, None)


def test_a_disabled_account_has_no_session_from_that_moment_on(
    database: Database, world: World, account: AccountId
) -> None:
    with database.write() as session:
        accounts.open_session(session, world.organisation, account, "hash", NOW_AT + 100)
        tokens.add_token(session, world.organisation, NewToken(account, "Tableur", "t", ("read",)))

    with database.write() as session:
        disabled = replace(ACCOUNT, is_disabled=True)
        ACCOUNTS.change(session, world.organisation, account, 1, disabled, actor=None)

    with database.read() as session:
        assert accounts.find_session(session, "hash") is None
        assert tokens.find_token(session, "t") is None


def test_ending_all_sessions_of_an_account_leaves_others_alone(
    database: Database, world: World, account: AccountId
) -> None:
    with database.write() as session:
        other = ACCOUNTS.add(
            session, world.organisation, replace(ACCOUNT, login="autre"), actor=None
        )
        for who, token in ((account, "a"), (account, "b"), (AccountId(other.id), "c")):
            accounts.open_session(session, world.organisation, who, token, NOW_AT + 100)
        accounts.end_sessions_of(session, world.organisation, account)
        left = [token for token in "abc" if accounts.find_session(session, token)]

    assert left == ["c"]


def test_using_a_session_notes_when(database: Database, world: World, account: AccountId) -> None:
    with database.write() as session:
        identity = accounts.open_session(session, world.organisation, account, "hash", NOW_AT + 100)
        clock_of(database).at += 30
        accounts.touch_session(session, world.organisation, identity)
        found = accounts.find_session(session, "hash")

    assert found is not None
    assert (found.made_at, found.seen_at) == (NOW_AT, NOW_AT + 30)


def test_a_token_of_a_program_has_scopes_and_an_end(
    database: Database, world: World, account: AccountId
) -> None:
    wanted = NewToken(account, "Tableur", "hash", ("days:read",), NOW_AT + 100)
    with database.write() as session:
        identity = tokens.add_token(session, world.organisation, wanted)
        clock_of(database).at += 50
        tokens.touch_token(session, world.organisation, identity)
        found = tokens.find_token(session, "hash")
        (listed,) = tokens.tokens(session, world.organisation)
        clock_of(database).at += 50
        expired = tokens.find_token(session, "hash")
        tokens.end_token(session, world.organisation, identity)
        ended = tokens.tokens(session, world.organisation)

    assert found == listed
    assert found is not None
    assert (found.name, found.scopes, found.used_at) == ("Tableur", ("days:read",), NOW_AT + 50)
    assert (expired, ended) == (None, ())


def test_a_strangers_token_or_link_is_not_there_to_be_ended(
    database: Database, world: World, account: AccountId
) -> None:
    with database.write() as session:
        other = make_world(session, "Une autre")
        token = tokens.add_token(session, world.organisation, NewToken(account, "x", "h", ()))
        link = tokens.add_link(session, world.organisation, link_for(world))

    with pytest.raises(NotFoundError), database.write() as session:
        tokens.end_token(session, other.organisation, token)
    with pytest.raises(NotFoundError), database.write() as session:
        tokens.revoke_link(session, other.organisation, link)


def test_a_link_is_exchanged_once(database: Database, world: World) -> None:
    with database.write() as session:
        identity = tokens.add_link(session, world.organisation, link_for(world))
        first = tokens.exchange_link(session, world.organisation, identity, "s1")
        second = tokens.exchange_link(session, world.organisation, identity, "s2")
        opened = tokens.find_link_session(session, "s1")
        other = tokens.find_link_session(session, "s2")
        clock_of(database).at += 3600
        over = tokens.find_link_session(session, "s1")

    assert (first, second) == (True, False)
    assert opened is not None
    assert (opened.id, opened.organisation) == (identity, world.organisation)
    assert (other, over) == (None, None)


def test_a_new_link_to_the_same_round_revokes_the_former(database: Database, world: World) -> None:
    with database.write() as session:
        former = tokens.add_link(session, world.organisation, link_for(world))
        tokens.exchange_link(session, world.organisation, former, "s1")
        tokens.add_link(session, world.organisation, link_for(world, "t2"))
        opened = tokens.find_link_session(session, "s1")
        states = [
            link.revoked_at
            for token in ("t1", "t2")
            if (link := tokens.find_link(session, token)) is not None
        ]
        count = len(tokens.links(session, world.organisation, DAY))

    assert opened is None
    assert (states, count) == ([NOW_AT, None], 2)


def test_wrong_pins_revoke_a_link_at_the_last_one_allowed(database: Database, world: World) -> None:
    with database.write() as session:
        identity = tokens.add_link(session, world.organisation, link_for(world))
        states = []
        for _ in range(5):
            tokens.count_wrong_pin(session, world.organisation, identity, most=5)
            link = tokens.find_link(session, "t1")
            assert link is not None
            states.append((link.wrong_pins, link.revoked_at is not None))

    assert states == [(1, False), (2, False), (3, False), (4, False), (5, True)]
