"""Kill the serving process while clients book: ``python -m tests.durability.kills 300``.

The server is the real one, in a process of its own; it is killed with SIGKILL at a random
moment, its file is compared with what clients were told, and it is started again. Clients
repeat, with the same key, whatever they have no answer to.
"""

import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
from time import monotonic, sleep
from uuid import UUID

import httpx

from tests.durability.ledger import Entry, Ledger, Outcome, complaints, read_kept
from tests.office import Desk, made_installation
from tests.serving import Caller, Server

N_CLIENTS = 4
TOLD_EVERY = 10
SEED = 20260310
# The power is cut a moment after so many answers, or when nobody answers for so long.
MOST_ANSWERS = 16
LONGEST_MOMENT_S, PATIENCE_S = 0.05, 10.0
# Of the requests after a start, so many repeat one that was acknowledged before.
REPEATED = 0.1


@dataclass(slots=True)
class Campaign:
    """What was seen.

    Attributes
    ----------
    kills
        How often the server was killed.
    outcomes
        Tries by outcome.
    unheard
        Bookings that were kept although the client had no answer.
    faults
        Everything that is wrong; empty when all is well.
    start_up_s
        Seconds until the server answered, of all starts.
    elapsed_s
        Seconds of the whole campaign.
    """

    kills: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    unheard: int = 0
    faults: list[str] = field(default_factory=list)
    start_up_s: list[float] = field(default_factory=list)
    elapsed_s: float = 0.0

    def __str__(self) -> str:
        """Tell it in a few lines."""
        starts = sorted(self.start_up_s)
        return (
            f"{self.kills} kills in {self.elapsed_s:.0f} s: "
            f"{self.outcomes['ok']} tries acknowledged, {self.outcomes['unknown']} without an "
            f"answer, {self.outcomes['fail']} refused; {self.unheard} bookings kept unheard; "
            f"{len(self.faults)} faults; start-up {starts[len(starts) // 2]:.1f} s (median)"
        )


def campaign(
    server: Server,
    desk: Desk,
    n_kills: int,
    seed: int = SEED,
    on_kill: Callable[[Campaign], None] = lambda _: None,
) -> Campaign:
    """Kill a server again and again.

    Parameters
    ----------
    server
        Installed, not running.
    desk
        What may be booked, and by whom.
    n_kills
        How often.
    seed
        Of the moments and keys.
    on_kill
        Told what was seen so far, after every kill.

    Returns
    -------
    Campaign
        Its faults should be none.
    """
    dice, ledger, seen = Random(seed), Ledger(), Campaign()  # noqa: S311 - no secret
    began_s = monotonic()
    for _ in range(n_kills):
        server.start()
        seen.start_up_s.append(server.start_up_s)
        power = threading.Event()
        clients = [
            threading.Thread(target=book, args=(desk, server.url, ledger, power, work, seen))
            for work in _shares(ledger, desk, dice)
        ]
        for client in clients:
            client.start()
        _wait_for_answers(seen, dice.randint(1, MOST_ANSWERS))
        sleep(dice.uniform(0, LONGEST_MOMENT_S))
        # Nobody starts anything new, and whoever waits for an answer gets none.
        power.set()
        server.kill()
        for client in clients:
            client.join()
        seen.kills += 1
        kept = read_kept(server.folder / "tus.db")
        unheard = {each.key for each in ledger.entries(Outcome.UNKNOWN)}
        seen.unheard += len(unheard & set(kept.bookings.values()))
        seen.faults += complaints(ledger, kept)
        seen.elapsed_s = monotonic() - began_s
        on_kill(seen)
    _repeat_the_rest(server, desk, ledger, seen)
    seen.faults += complaints(ledger, read_kept(server.folder / "tus.db"))
    seen.elapsed_s = monotonic() - began_s
    return seen


def _wait_for_answers(seen: Campaign, n_more: int) -> None:
    wanted, until_s = seen.outcomes["ok"] + n_more, monotonic() + PATIENCE_S
    while seen.outcomes["ok"] < wanted and monotonic() < until_s:
        sleep(0.002)


def _shares(ledger: Ledger, desk: Desk, dice: Random) -> Iterator[Iterator[Entry]]:
    """Give each client what it must repeat, and then new bookings without end."""
    unknown = ledger.entries(Outcome.UNKNOWN)
    known = ledger.entries(Outcome.OK)
    # Each key is one client's: two at once would be told that it is being worked on.
    some = dice.sample(known, k=min(len(known), 2 * N_CLIENTS))
    for number in range(N_CLIENTS):
        again = [*unknown[number::N_CLIENTS], *some[number::N_CLIENTS]]
        yield new_bookings(again, desk, Random(dice.getrandbits(64)))  # noqa: S311 - no secret


def new_bookings(again: list[Entry], desk: Desk, dice: Random) -> Iterator[Entry]:
    """Yield what must be asked again, then new bookings and repeats without end."""
    yield from again
    done: list[Entry] = []
    while True:
        if done and dice.random() < REPEATED:
            yield dice.choice(done)
            continue
        key = str(UUID(int=dice.getrandbits(128), version=4))
        done.append(Entry(key, desk.booking(dice, external_ref=key)))
        yield done[-1]


def book(
    desk: Desk,
    url: str,
    ledger: Ledger,
    power: threading.Event,
    work: Iterator[Entry],
    seen: Campaign,
) -> None:
    """Ask for one booking after the other until the power is gone."""
    with Caller(url, desk.token) as caller:
        for entry in work:
            if power.is_set():
                return
            ledger.open(entry)
            _try(caller, entry, seen)


def _try(caller: Caller, entry: Entry, seen: Campaign) -> None:
    entry.tries += 1
    was = entry.outcome
    outcome = Outcome.UNKNOWN
    with suppress(httpx.TransportError):
        answer = caller.ask("POST", "/v1/bookings", entry.body, key=entry.key, timeout=10)
        if answer.status_code == 201:
            outcome = Outcome.OK
            entry.answers.append(answer.json().get("id", ""))
        elif answer.status_code < 500:
            outcome = Outcome.FAIL
    seen.outcomes[outcome] += 1
    # What was acknowledged once stays so, whatever happens to a repeat.
    entry.outcome = Outcome.OK if was is Outcome.OK else outcome


def _repeat_the_rest(server: Server, desk: Desk, ledger: Ledger, seen: Campaign) -> None:
    """Give every request an answer, so that none may be missing at the end."""
    server.start()
    with Caller(server.url, desk.token) as caller:
        for entry in ledger.entries(Outcome.UNKNOWN):
            _try(caller, entry, seen)
    server.kill()
    seen.faults += [f"unanswered: {each.key}" for each in ledger.entries(Outcome.UNKNOWN)]


def _tell(seen: Campaign) -> None:
    if seen.kills % TOLD_EVERY == 0:
        print(seen, flush=True)


def main() -> int:
    """Run a campaign and tell it."""
    n_kills = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        server, desk = made_installation(Path(folder))
        seen = campaign(server, desk, n_kills, on_kill=_tell)
    print(seen)
    for fault in seen.faults[:20]:
        print(f"  {fault}")
    return 1 if seen.faults else 0


if __name__ == "__main__":
    sys.exit(main())
