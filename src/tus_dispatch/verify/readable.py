"""What the judge reads of an instance and a solution: plain sequences of numbers, nothing more."""

from collections.abc import Sequence
from typing import Any, Protocol


class ReadableInstance(Protocol):
    """An instance as nested sequences; see ``solver.instance.Instance`` for their meaning.

    Rows are read with ``a[i]`` and ``a[i][j]`` only, and every number goes
    through ``int`` or ``bool``, so arrays and nested tuples serve alike.
    """

    @property
    def duration_s(self) -> Any:
        """Table of seconds between locations; -1 is unreachable."""

    @property
    def distance_m(self) -> Any:
        """Table of metres between locations."""

    @property
    def location(self) -> Any:
        """Location per node; -1 for a pause taken wherever the vehicle stands."""

    @property
    def earliest_s(self) -> Any:
        """Earliest start of service per node."""

    @property
    def latest_s(self) -> Any:
        """Latest start of service per node."""

    @property
    def service_s(self) -> Any:
        """Time at the door or length of the pause per node."""

    @property
    def load(self) -> Any:
        """What each request takes up: seats, wheelchairs, child seats."""

    @property
    def max_ride_s(self) -> Any:
        """Longest ride per request."""

    @property
    def allowed(self) -> Any:
        """Whether a vehicle may serve a request."""

    @property
    def incompatible(self) -> Any:
        """Whether two requests must never be aboard together."""

    @property
    def partner(self) -> Any:
        """Linked request, or -1."""

    @property
    def follows(self) -> Any:
        """Request that must be over before this one starts, or -1; empty for none at all."""

    @property
    def start_location(self) -> Any:
        """Where each vehicle starts."""

    @property
    def end_location(self) -> Any:
        """Where each vehicle ends."""

    @property
    def start_earliest_s(self) -> Any:
        """Begin of the band for sign-on per vehicle."""

    @property
    def start_latest_s(self) -> Any:
        """End of the band for sign-on per vehicle."""

    @property
    def end_earliest_s(self) -> Any:
        """Begin of the band for sign-off per vehicle."""

    @property
    def end_latest_s(self) -> Any:
        """End of the band for sign-off per vehicle."""

    @property
    def max_duty_s(self) -> Any:
        """Longest duty per vehicle."""

    @property
    def range_m(self) -> Any:
        """Longest distance per vehicle."""

    @property
    def configuration(self) -> Any:
        """Capacities, all vehicles' configurations one after the other."""

    @property
    def configuration_start(self) -> Any:
        """First configuration of each vehicle, and the total."""

    @property
    def pause_vehicle(self) -> Any:
        """Owner of each pause."""

    @property
    def pause_is_break(self) -> Any:
        """Whether a pause is a break, needed only in a long duty."""

    @property
    def break_after_s(self) -> Any:
        """Longest duty without a break per vehicle."""

    @property
    def max_wait_aboard_s(self) -> int:
        """Longest standstill before a node with somebody aboard."""


class ReadableRoute(Protocol):
    """What one vehicle does."""

    @property
    def vehicle(self) -> int:
        """Index of the vehicle."""

    @property
    def nodes(self) -> Sequence[int]:
        """Pickups, dropoffs and pauses in order."""

    @property
    def start_s(self) -> Sequence[int]:
        """Start of service of each node."""

    @property
    def sign_on_s(self) -> int:
        """Begin of the duty."""

    @property
    def sign_off_s(self) -> int:
        """End of the duty."""


class ReadableSolution(Protocol):
    """Routes, and requests left out."""

    @property
    def routes(self) -> Sequence[ReadableRoute]:
        """One route per vehicle used."""

    @property
    def unserved(self) -> Sequence[int]:
        """What is left out."""
