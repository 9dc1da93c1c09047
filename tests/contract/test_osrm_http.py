"""OSRM over HTTP: recorded answers are understood, faults end in a clear message."""

import json
from typing import Any

import numpy as np
import pytest

from tests.unit.network.fake_osrm import (
    NO_SEGMENT_EAST_OF,
    Reply,
    Script,
    as_json,
    in_turn,
    like_osrm,
    recorded,
    serving,
)
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.errors import InputError
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.http_json import Patience
from tus_dispatch.network.osrm import Osrm
from tus_dispatch.network.times import OsrmTimes

HASTY = Patience(timeout_s=0.3, total_s=0.6, tries=3, pause_s=0.5)
# Where the recordings were made.
PLACES = [
    Place(PlaceId(name), name, LatLon(lat=lat, lon=lon))
    for name, lat, lon in (("Bourg", 46.6, 2.3), ("Moulin", 46.65, 2.37), ("Gare", 46.7, 2.42))
]


def times(url: str, pauses: list[float] | None = None, **options: Any) -> OsrmTimes:
    sleep = (lambda _: None) if pauses is None else pauses.append
    return OsrmTimes(Osrm(url, patience=HASTY, sleep=sleep, **options))


def grid(n: int, west: float = 2.0) -> list[Place]:
    return [
        Place(PlaceId(f"p{k}"), f"Lieu {k}", LatLon(lat=46 + k // 15 / 20, lon=west + k % 15 / 20))
        for k in range(n)
    ]


def refused(script: Script, places: list[Place] = PLACES) -> tuple[str, str]:
    """Code and value of the complaint a script provokes."""
    with serving(script) as server, pytest.raises(InputError) as caught:
        times(server.url).matrix(places)
    return caught.value.problems[0].code, caught.value.problems[0].value


def test_a_recorded_table_is_understood() -> None:
    with serving(in_turn(recorded("table"))) as server:
        matrix = times(server.url).matrix(PLACES)

    # 12.4 m to the road in the bourg at 15 km/h are 3.0 s; 642.3 + 3.0 → 646.
    assert matrix.seconds.tolist()[0] == [0, 646, 1184]
    # 9872.4 + 12.4 m.
    assert matrix.metres.tolist()[0] == [0, 9885, 17221]
    assert (matrix.source, matrix.warnings) == ("osrm", ())
    (path,) = server.paths
    coordinates = "2.30000,46.60000;2.37000,46.65000;2.42000,46.70000"
    assert path == f"/table/v1/driving/{coordinates}?annotations=duration,distance"


def test_the_factor_and_the_profile_are_the_operators() -> None:
    with serving(in_turn(recorded("table"))) as server:
        osrm = Osrm(server.url, profile="mini bus", patience=HASTY)
        matrix = OsrmTimes(osrm, calibration=1.5).matrix(PLACES)

    # 1.5 · 702.4 s, and 1.5 · 3.1 m at 15 km/h.
    assert matrix.seconds[1, 2] == 1055
    assert server.paths[0].startswith("/table/v1/mini%20bus/")


def test_no_way_is_unreachable_not_a_big_number() -> None:
    table = json.loads(recorded("table").body)
    table["durations"][0][2] = table["distances"][0][2] = None

    with serving(in_turn(as_json(table))) as server:
        matrix = times(server.url).matrix(PLACES)

    assert matrix.seconds_between(PlaceId("Bourg"), PlaceId("Gare")) is None
    assert matrix.seconds_between(PlaceId("Gare"), PlaceId("Bourg")) is not None


def test_a_place_far_from_the_road_is_named_and_beyond_two_kilometres_unreachable() -> None:
    table = json.loads(recorded("table").body)
    for side in ("sources", "destinations"):
        table[side][0]["distance"] = 640
        table[side][2]["distance"] = 2_300

    with serving(in_turn(as_json(table))) as server:
        matrix = times(server.url).matrix(PLACES)

    assert matrix.warnings[0].startswith("« Bourg » est à 640 m")
    assert matrix.warnings[1].startswith("« Gare » est à plus de 2 km")
    assert matrix.seconds[2].tolist() == [-1, -1, 0]
    # 642.3 s and 640 m at 15 km/h, 153.6 s.
    assert matrix.seconds[0, 1] == 796


@pytest.mark.parametrize(("n", "questions"), [(1, 1), (100, 1), (101, 8), (140, 9)])
def test_tables_are_cut_to_what_the_server_takes(n: int, questions: int) -> None:
    places = grid(n)

    with serving(like_osrm) as server:
        matrix = times(server.url).matrix(places)

    # The server refuses more than a hundred coordinates, as OSRM does.
    assert len(server.paths) == questions
    lonlat = np.array([(p.point.lon, p.point.lat) for p in places if p.point])
    metres = great_circle_m(lonlat[:, None], lonlat[None, :])
    np.testing.assert_allclose(matrix.metres, metres, atol=1.2)


def test_smaller_limits_are_kept_too() -> None:
    with serving(like_osrm) as server:
        small = times(server.url, largest_table=10).matrix(grid(23))
        whole = times(server.url).matrix(grid(23))

    assert np.array_equal(small.seconds, whole.seconds)
    assert max(path.count(";") for path in server.paths[:-1]) < 10 + 5 + 5


def test_only_coordinates_leave_the_machine() -> None:
    with serving(like_osrm) as server:
        times(server.url).matrix([*PLACES, Place(PlaceId("x9"), "Mme Durand", PLACES[0].point)])

    assert not any("Durand" in path or "x9" in path or "Bourg" in path for path in server.paths)


def test_two_places_at_one_point_are_asked_for_once() -> None:
    with serving(like_osrm) as server:
        matrix = times(server.url).matrix(
            [*PLACES, Place(PlaceId("twin"), "Jumeau", PLACES[1].point)]
        )

    assert server.paths[0].count(",") == 3 + 1
    assert matrix.seconds[1, 3] == matrix.seconds[3, 1] == 0
    assert matrix.seconds[3].tolist()[:3] == matrix.seconds[1].tolist()[:3]


def test_one_place_off_the_map_does_not_spoil_the_others() -> None:
    lost = grid(1, west=NO_SEGMENT_EAST_OF + 1)[0]

    with serving(like_osrm) as server:
        matrix = times(server.url).matrix([PLACES[0], lost, PLACES[1]])

    # The recorded message blames coordinate 0, which is innocent.
    assert matrix.seconds[1].tolist() == [-1, 0, -1]
    assert matrix.seconds[0, 2] > 0
    assert matrix.warnings[0].startswith("« Lieu 0 » est à plus de 2 km")


def test_all_places_off_the_map_are_unreachable() -> None:
    lost = grid(2, west=NO_SEGMENT_EAST_OF + 1)

    with serving(like_osrm) as server:
        matrix = times(server.url).matrix(lost)

    assert matrix.seconds.tolist() == [[0, -1], [-1, 0]]


ZEROS: dict[str, Any] = {"durations": [[0] * 3] * 3, "sources": [{}] * 3, "destinations": [{}] * 3}
FAULTS: dict[str, tuple[Reply, str]] = {
    "web page": (Reply(b"<html>Welcome to nginx!</html>"), "TUS-1224"),
    "not found page": (Reply(b"<html>404</html>", 404), "TUS-1224"),
    "nothing": (Reply(b""), "TUS-1224"),
    "torn JSON": (Reply(recorded("table").body[:90]), "TUS-1224"),
    "deep JSON": (Reply(b"[" * 100_000), "TUS-1224"),
    "list": (as_json([1, 2]), "TUS-1224"),
    "no code": (as_json({"durations": []}), "TUS-1224"),
    "too big": (recorded("too_big", 400), "TUS-1223"),
    "no table": (as_json({"code": "Ok"}), "TUS-1224"),
    "two rows": (recorded("table", durations=[[0, 1, 2], [1, 0, 2]]), "TUS-1224"),
    "two columns": (recorded("table", distances=[[0, 1], [1, 0], [1, 2]]), "TUS-1224"),
    "words": (recorded("table", durations=[[0, "fast", 2], [1, 0, 2], [1, 2, 0]]), "TUS-1224"),
    "rows of null": (recorded("table", durations=[None, None, None]), "TUS-1224"),
    "negative": (recorded("table", durations=[[0, -9, 900], [9, 0, 9], [9, 9, 0]]), "TUS-1224"),
    "half null": (recorded("table", durations=[[0, None, 9], [9, 0, 9], [9, 9, 0]]), "TUS-1224"),
    "huge": (recorded("table", durations=[[0, 1e300, 9], [9, 0, 9], [9, 9, 0]]), "TUS-1224"),
    "no sources": (recorded("table", sources=None), "TUS-1224"),
    "few sources": (recorded("table", sources=[{"distance": 1}]), "TUS-1224"),
    "sources of text": (recorded("table", sources=["a", "b", "c"]), "TUS-1224"),
    # What OSRM says of points outside its map.
    "zeros": (recorded("table", **ZEROS), "TUS-1215"),
    "zeros off the road": (recorded("table", durations=[[0] * 3] * 3), "TUS-1216"),
    "milliseconds": (recorded("table", durations=[[0, 64_000, 9e4]] * 3), "TUS-1217"),
    "minutes": (
        recorded("table", durations=[[0, 10.7, 19.7], [11, 0, 12], [20, 12, 0]]),
        "TUS-1216",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_answers_that_cannot_be_true_are_refused(fault: str) -> None:
    reply, code = FAULTS[fault]

    found, value = refused(in_turn(reply))

    assert found == code
    assert value
    assert len(value) <= 60


def test_not_a_number_is_no_json() -> None:
    body = recorded("table").body.replace(b"642.3", b"NaN")

    assert refused(in_turn(Reply(body)))[0] == "TUS-1224"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    with serving(in_turn(recorded("table"))) as inner:
        away = Reply(b"", status, {"Location": f"{inner.url}/table"})

        found, value = refused(in_turn(away))

    assert found == "TUS-1224"
    assert "redirection" in value
    assert inner.paths == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_faults_are_tried_again(status: int) -> None:
    pauses: list[float] = []

    with serving(in_turn(Reply(b"busy", status), Reply(b"", status), recorded("table"))) as server:
        matrix = times(server.url, pauses).matrix(PLACES)

    assert matrix.seconds[0, 1] == 646
    # Twice as long each time.
    assert pauses == [0.5, 1.0]


def test_tries_are_counted() -> None:
    pauses: list[float] = []

    with (
        serving(in_turn(Reply(b"busy", 503))) as server,
        pytest.raises(InputError) as caught,
    ):
        times(server.url, pauses).matrix(PLACES)

    assert caught.value.problems[0].code == "TUS-1223"
    assert caught.value.problems[0].value == "HTTP 503"
    assert len(server.paths) == 3
    assert len(pauses) == 2


@pytest.mark.parametrize(
    ("header", "pause"),
    [("7", 7.0), ("99999", 30.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.5), ("-3", 0.5)],
)
def test_the_server_may_say_how_long_to_wait(header: str, pause: float) -> None:
    pauses: list[float] = []
    busy = Reply(b"", 429, {"Retry-After": header})

    with serving(in_turn(busy, recorded("table"))) as server:
        times(server.url, pauses).matrix(PLACES)

    assert pauses == [pause]


def test_a_bad_request_is_not_repeated() -> None:
    with serving(in_turn(recorded("too_big", 400))) as server, pytest.raises(InputError):
        times(server.url).matrix(PLACES)

    assert len(server.paths) == 1


@pytest.mark.parametrize("reply", [Reply(wait_s=0.8), Reply(b"x" * 400, drip_s=0.01)])
def test_a_slow_server_does_not_hold_us(reply: Reply) -> None:
    assert refused(in_turn(reply))[0] == "TUS-1222"


def test_a_server_that_is_not_there_is_told() -> None:
    with serving(like_osrm) as server:
        url = server.url

    with pytest.raises(InputError) as caught:
        times(url).matrix(PLACES)

    assert caught.value.problems[0].code == "TUS-1222"
    assert caught.value.source == url


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tus_dispatch.network.http_json._LARGEST_BYTES", 10_000)

    assert refused(in_turn(Reply(b" " * 50_000))) == ("TUS-1224", "plus de 64 Mo")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://router",
        "127.0.0.1:5000",
        "http://",
        "http://user:secret@router",
        "http://router:99999",
        "http://router?key=1",
        "http://[::1",
        "gopher://router",
        "",
    ],
)
def test_only_plain_web_addresses_are_taken(url: str) -> None:
    with pytest.raises(InputError) as caught:
        times(url).matrix(PLACES)

    assert caught.value.problems[0].code == "TUS-1221"
    assert "secret" not in str(caught.value)


def test_a_recorded_route_line_is_understood() -> None:
    with serving(in_turn(recorded("route"))) as server:
        line = times(server.url).route_line(*(p.point for p in PLACES[:2] if p.point))

    assert line[0] == (2.3, 46.6)
    assert line[1:-1] == ((2.300031, 46.600108), (2.331, 46.61544), (2.355, 46.6402), (2.37, 46.65))
    assert server.paths[0] == (
        "/route/v1/driving/2.30000,46.60000;2.37000,46.65000"
        "?overview=full&geometries=geojson&steps=false"
    )


@pytest.mark.parametrize("answer", ["no_route", "no_segment"])
def test_no_route_is_no_line(answer: str) -> None:
    with serving(in_turn(recorded(answer, 400))) as server:
        assert times(server.url).route_line(*(p.point for p in PLACES[:2] if p.point)) == ()


@pytest.mark.parametrize(
    "answer",
    [
        {"code": "Ok"},
        {"code": "Ok", "routes": []},
        {"code": "Ok", "routes": [{"geometry": "_p~iF~ps|U_ulLnnqC"}]},
        {"code": "Ok", "routes": [{"geometry": {"coordinates": [[2.3, 46.6]]}}]},
        {"code": "Ok", "routes": [{"geometry": {"coordinates": [[46.6, 203.0], [2.3, 46.6]]}}]},
        {"code": "Ok", "routes": [{"geometry": {"coordinates": [[1, 2, 3], None]}}]},
    ],
    ids=str,
)
def test_lines_that_are_none_are_refused(answer: dict[str, object]) -> None:
    with serving(in_turn(as_json(answer))) as server, pytest.raises(InputError) as caught:
        times(server.url).route_line(*(p.point for p in PLACES[:2] if p.point))

    assert caught.value.problems[0].code == "TUS-1224"
