"""Nothing acknowledged is lost when the serving process is killed; the long run is kills.py."""

from collections.abc import Callable

from tests.durability.conftest import Installed
from tests.durability.kills import campaign

N_KILLS = 30


def test_thirty_kills_lose_halve_and_double_nothing(installed: Callable[[], Installed]) -> None:
    server, desk = installed()

    seen = campaign(server, desk, N_KILLS)

    assert seen.faults == []
    # Otherwise the kills proved nothing: clients were answered, and were cut off.
    assert seen.outcomes["ok"] > N_KILLS
    assert seen.outcomes["unknown"] > 0
    assert seen.outcomes["fail"] == 0


# Answers every booking at once, and lets the real application work afterwards.
CARELESS = """
import asyncio, json
from tus_dispatch import main
from tus_dispatch.cli.app import main as command_line

class Careless:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] != "POST":
            return await self.app(scope, receive, send)
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message.get("more_body", False)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps({}).encode()})
        whole = {"type": "http.request", "body": body, "more_body": False}
        nothing = asyncio.Event()

        async def again():
            return whole

        async def nobody(message):
            pass

        await asyncio.sleep(0.05)
        await self.app(scope, again, nobody)

real = main.RequestLog
main.RequestLog = lambda app: Careless(real(app))
command_line()
"""


def test_a_server_that_answers_before_it_commits_is_caught(
    installed: Callable[[str], Installed],
) -> None:
    careless, desk = installed(CARELESS)

    seen = campaign(careless, desk, 3)

    assert any(fault.startswith("lost:") for fault in seen.faults)
