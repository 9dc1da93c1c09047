"""The real server in a process of its own, on a free port of this machine."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Self

import httpx

START_UP_S = 60.0
PROGRAM = "from tus_dispatch.cli.app import main; main()"


class NotServingError(RuntimeError):
    """The server did not come up."""


@dataclass(slots=True)
class Server:
    """A server that can be started and killed again and again.

    Attributes
    ----------
    folder
        Folder of its installation.
    port
        The same after every start.
    program
        What the process runs.
    environment
        Variables beside those of this process.
    """

    folder: Path
    port: int = 0
    program: str = PROGRAM
    environment: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    start_up_s: float = 0.0

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it writes to the terminal."""
        return self.folder.with_name(f"{self.folder.name}.log")

    def environ(self) -> dict[str, str]:
        """Return the variables of its process."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TUS_")}
        return {**kept, "TUS_DATA_DIR": str(self.folder), **self.environment}

    def run(self, *words: str, stdin: str | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a command of the command line in this installation."""
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, *words],
            env=self.environ(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        began_s = monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", self.program, "serve", "--port", str(self.port)],
                env=self.environ(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self.answers():
            if self.process.poll() is not None or monotonic() - began_s > START_UP_S:
                self.kill()
                raise NotServingError(self.log.read_text(encoding="utf-8")[-3000:])
            sleep(0.02)
        self.start_up_s = monotonic() - began_s

    def answers(self) -> bool:
        """Tell whether it answers."""
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/health", timeout=2).status_code < 500
        return False

    def kill(self) -> None:
        """End it at once, as a power switch would, with all its children."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> int:
        """Ask it to end, and wait."""
        if self.process is None:
            return 0
        self.process.terminate()
        try:
            return self.process.wait(timeout=20)
        finally:
            self.kill()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Caller:
    """Somebody who talks to the server over HTTP.

    Attributes
    ----------
    url
        Where it listens.
    token
        Session or API token, or None.
    client
        Keeps the connection.
    """

    url: str
    token: str | None = None
    client: httpx.Client = field(default_factory=httpx.Client)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.client.close()

    def headers(self, key: str | None = None, version: str | None = None) -> dict[str, str]:
        """Return the headers of a request."""
        wanted = {
            "Authorization": self.token and f"Bearer {self.token}",
            "Idempotency-Key": key,
            "If-Match": version,
        }
        return {name: value for name, value in wanted.items() if value is not None}

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        version: str | None = None,
        timeout: float = 30,
    ) -> httpx.Response:
        """Send one request and return the answer, whatever it is."""
        return self.client.request(
            method,
            self.url + path,
            content=None if body is None else json.dumps(body),
            headers={"Content-Type": "application/json", **self.headers(key, version)},
            timeout=timeout,
        )
