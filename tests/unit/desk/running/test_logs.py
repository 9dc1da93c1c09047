"""The log tells what happened, and nothing about anybody."""

import asyncio
import logging
import sys

import pytest
from fastapi import FastAPI

from tus_dispatch.desk.running.logs import DiscreetFormatter, RequestLog, set_up_logging

CANARY = "Awa Zquisurname"


def formatted(error: BaseException) -> str:
    try:
        raise error
    except type(error):
        record = logging.LogRecord("tus", 40, "x.py", 1, "solve failed", (), sys.exc_info())
    return DiscreetFormatter().format(record)


def test_of_an_exception_its_kind_and_place_are_logged_but_not_its_words() -> None:
    text = formatted(ValueError(CANARY))

    assert "builtins.ValueError in formatted" in text
    assert "test_logs.py" in text
    assert CANARY not in text


def test_the_causes_of_an_exception_are_logged_as_discreetly() -> None:
    error = RuntimeError(CANARY)
    error.__cause__ = KeyError(CANARY)

    text = formatted(error)

    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert CANARY not in text


def test_a_request_is_logged_by_its_route_without_identity_query_or_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = FastAPI()

    @app.get("/v1/participants/{participant}")
    def show(participant: str) -> str:
        return participant

    caplog.set_level(logging.INFO, "tus_dispatch.requests")
    asyncio.run(_asked(RequestLog(app), "/v1/participants/prt_abc", b"name=Awa"))

    (line,) = [each.getMessage() for each in caplog.records]
    assert line.startswith("GET /v1/participants/{participant} 200 ")
    assert "prt_abc" not in line
    assert "Awa" not in line


def test_the_access_log_of_the_server_is_off(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        set_up_logging("info")
        logging.getLogger("uvicorn.access").info('192.0.2.7 "GET /v1/people?name=Awa"')
        logging.getLogger("sqlalchemy.engine").info("INSERT ... ('Awa',)")
        logging.getLogger("uvicorn.error").info("started")
    finally:
        root.handlers[:] = before
        root.setLevel(level)

    shown = capsys.readouterr().err
    assert "started" in shown
    assert "Awa" not in shown
    assert "192.0.2.7" not in shown


async def _asked(app: RequestLog, path: str, query: bytes) -> None:
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [],
        "client": ("192.0.2.7", 1234),
        "server": ("localhost", 80),
        "scheme": "http",
        "root_path": "",
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: object) -> None:
        pass

    await app(scope, receive, send)
