"""A real HTTP server on the loopback that answers like OSRM, or as badly as told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np

from tus_dispatch.network.geodesy import great_circle_m

RECORDED = Path(__file__).parent / "osrm"
NO_SEGMENT_EAST_OF = 10.0


@dataclass
class Reply:
    """One answer of the server."""

    body: bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    drip_s: float = 0.0


Script = Callable[[str], Reply]


def recorded(name: str, status: int = 200, **changes: object) -> Reply:
    """An answer from the folder of recordings, with some keys changed."""
    answer = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return as_json(answer | changes, status)


def as_json(answer: object, status: int = 200) -> Reply:
    return Reply(json.dumps(answer).encode(), status, {"Content-Type": "application/json"})


def in_turn(*replies: Reply) -> Script:
    """Give one reply after the other, the last one for ever."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def like_osrm(path: str) -> Reply:
    """Compute a table in OSRM's format: 50 km/h as the crow flies, limited to 100 places."""
    parts = urlsplit(path)
    service, _, _, text = parts.path.strip("/").split("/")
    lonlat = np.array([[float(x) for x in pair.split(",")] for pair in unquote(text).split(";")])
    if (lonlat[:, 0] > NO_SEGMENT_EAST_OF).any():
        return recorded("no_segment", 400)
    if service == "nearest":
        return as_json({"code": "Ok", "waypoints": [{"distance": 1.0}]})
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if len(lonlat) > 100:
        return recorded("too_big", 400)
    sides = [_side(query.get(name), len(lonlat)) for name in ("sources", "destinations")]
    metres = great_circle_m(lonlat[sides[0]][:, None], lonlat[sides[1]][None, :])
    answer: dict[str, Any] = {
        "code": "Ok",
        "durations": np.round(metres / 50 * 3.6, 1).tolist(),
        "distances": np.round(metres, 1).tolist(),
    }
    for name, side in zip(("sources", "destinations"), sides, strict=True):
        answer[name] = [{"distance": 0, "name": "", "location": lonlat[k].tolist()} for k in side]
    return as_json(answer)


def _side(text: str | None, n: int) -> list[int]:
    return list(range(n)) if text is None else [int(k) for k in text.split(";")]


@dataclass
class FakeOsrm:
    """A running server."""

    url: str
    paths: list[str]


@contextmanager
def serving(script: Script) -> Iterator[FakeOsrm]:
    """Run a server that answers every path as the script says."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            reply = script(self.path)
            time.sleep(reply.wait_s)
            try:
                self.send_response(reply.status)
                for key, value in reply.headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self._write(reply)
            except OSError:
                # The client has given up, as some tests want it to.
                return

        def _write(self, reply: Reply) -> None:
            if not reply.drip_s:
                self.wfile.write(reply.body)
                return
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.drip_s)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield FakeOsrm(f"http://127.0.0.1:{server.server_port}", paths)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
