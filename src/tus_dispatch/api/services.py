"""What handlers work with, made once when the server starts."""

from dataclasses import dataclass, field
from typing import Protocol, cast

from fastapi import Request

from tus_dispatch.api.idempotency import InFlight
from tus_dispatch.desk.live.office import Office
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.store.session import Database


class Secrets(Protocol):
    """Keys of the installation, kept in a file of their own."""

    @property
    def signing_key(self) -> bytes:
        """Return at least 256 bits, from which links and tokens are derived."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers work with.

    Attributes
    ----------
    office
        The desk with its database, clock, folder and jobs.
    secrets
        Keys of the installation.
    in_flight
        Idempotency keys being worked on.
    """

    office: Office
    secrets: Secrets
    in_flight: InFlight = field(default_factory=InFlight)

    @property
    def database(self) -> Database:
        """Where everything is kept."""
        return self.office.database

    def now_at(self) -> int:
        """Return UTC epoch seconds."""
        return self.office.clock.now_at()


def services_of(request: Request) -> Services:
    """Return what handlers work with.

    Parameters
    ----------
    request
        Any request.

    Returns
    -------
    Services
        As given to ``create_app``.
    """
    return cast("Services", request.app.state.services)


def actor_of(request: Request) -> Actor:
    """Return who is asking; the guard has let them pass.

    Parameters
    ----------
    request
        A request of a route that is not public.

    Returns
    -------
    Actor
        With role and reach.
    """
    return cast("Actor", request.state.actor)
