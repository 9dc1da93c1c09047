"""An installation with an association, people and places, for tests of the running server."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - handed in, seeded
from typing import Any

from tests.serving import Caller, Server
from tus_dispatch.desk.running.setting_up import FirstAccount, open_database, set_up
from tus_dispatch.desk.running.settings import Settings
from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.organisation import Organisation, OrganisationId, Role
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.roster import KeptPlace
from tus_dispatch.domain.scenario import Territory
from tus_dispatch.domain.units import ParticipantId, PlaceId
from tus_dispatch.store.resources import PARTICIPANTS, PLACES

LOGIN, PASSWORD = "awa.essai", "quatre chaises vertes"
FIRST_DAY = date(2030, 3, 11)
# Along the valley of the Cher.
_VILLAGES = (("Vierzon", 47.22, 2.07), ("Mehun", 47.14, 2.21), ("Bourges", 47.08, 2.40))


@dataclass(frozen=True, slots=True)
class Desk:
    """Who books, and what can be booked.

    Attributes
    ----------
    token
        Of somebody who may book.
    participants, places
        Identities.
    days
        Service days to book on.
    """

    token: str
    participants: Sequence[str]
    places: Sequence[str]
    days: Sequence[date] = field(
        default_factory=lambda: [FIRST_DAY + timedelta(days) for days in range(5)]
    )

    def booking(self, dice: Random, **more: object) -> dict[str, Any]:
        """Return the body of a direct request, drawn at random."""
        day = dice.choice(self.days)
        origin, destination = dice.sample(self.places, 2)
        arrive_by = f"{day}T{dice.randint(8, 17):02d}:{dice.randrange(0, 60, 5):02d}:00+01:00"
        return {
            "service_date": day.isoformat(),
            "participant": dice.choice(self.participants),
            "outward": {"origin": origin, "destination": destination, "arrive_by": arrive_by},
            **more,
        }


def made_installation(folder: Path, **environment: str) -> tuple[Server, Desk]:
    """Install a server that is not running yet, with three villages and ten people.

    Parameters
    ----------
    folder
        Empty.
    **environment
        Variables of the server.

    Returns
    -------
    server : Server
        Stopped.
    desk : Desk
        Somebody signed in who may book.
    """
    server = Server(folder / "tus", environment=environment)
    # Whoever writes to a SQLite file keeps it until the process ends.
    made = subprocess.run(
        [sys.executable, "-m", "tests.office", str(server.folder)],
        cwd=Path(__file__).parents[1],
        env=server.environ(),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(made.stdout)
    server.start()
    token = signed_in(server.url)
    server.kill()
    return server, Desk(token, found["participants"], found["places"])


def signed_in(url: str, login: str = LOGIN, password: str = PASSWORD) -> str:
    """Sign in and return the token."""
    body = {"login": login, "password": password, "bearer": True}
    with Caller(url) as caller:
        answer = caller.ask("POST", "/v1/sessions", body)
    return str(answer.raise_for_status().json()["token"])


def _filled(settings: Settings, organisation: OrganisationId) -> tuple[list[str], list[str]]:
    database = open_database(settings)
    try:
        with database.write() as session:
            people = [
                PARTICIPANTS.add(
                    session, organisation, Participant(ParticipantId(""), f"Essai {n}"), actor=None
                ).id
                for n in range(10)
            ]
            places = [
                PLACES.add(
                    session,
                    organisation,
                    KeptPlace(Place(PlaceId(""), name, LatLon(lat=lat, lon=lon))),
                    actor=None,
                ).id
                for name, lat, lon in _VILLAGES
            ]
    finally:
        database.close()
    return people, places


def main() -> None:
    """Make the installation in a process of its own."""
    settings = Settings(data_dir=Path(sys.argv[1]))
    association = Organisation("TUS d’essai", Territory("Cher"))
    first = FirstAccount(LOGIN, PASSWORD, Role.COORDINATOR)
    organisation = set_up(settings, association, first).organisation
    participants, places = _filled(settings, organisation)
    sys.stdout.write(json.dumps({"participants": participants, "places": places}))


if __name__ == "__main__":
    main()
