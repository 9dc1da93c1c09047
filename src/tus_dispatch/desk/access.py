"""Who may do what: one table of routes and roles, and one of what each role sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.errors import TusError

_C, _D, _V, _P, _A, _M = (
    Role.COORDINATOR,
    Role.DISPATCHER,
    Role.DRIVER,
    Role.PRESCRIBER,
    Role.AUDITOR,
    Role.ADMIN,
)
_OFFICE = frozenset({_C, _D})
_LEAD = frozenset({_C})
_PLANNING = frozenset({_C, _D, _M})
_ASKING = frozenset({_C, _D, _P})
_REFERRING = frozenset({_C, _P})
_RUNNING = frozenset({_C, _D, _V})
_STAFFING = frozenset({_C, _M})
_LOGS = frozenset({_A})
# Programs of their own; a token would go past the second factor of a prescriber.
_PROGRAMS = frozenset({_C, _D, _A, _M})
_ALL = frozenset(Role)


class ForbiddenError(TusError):
    """The role of the caller, or the scope of the token, does not include the route."""


class RouteWithoutAccessError(TusError):
    """A route is missing from the table, or the table names one that is not there."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route.

    Attributes
    ----------
    roles
        Who may, having signed in.
    scope
        Word an API token must carry, or None where tokens are not taken.
    is_public
        Whether nobody needs to sign in.
    """

    roles: frozenset[Role]
    scope: str | None = None
    is_public: bool = False


_PUBLIC = Access(frozenset(), is_public=True)


def _resource(
    path: str, read: frozenset[Role], write: frozenset[Role], *, add: frozenset[Role] | None = None
) -> dict[tuple[str, str], Access]:
    """Return the five routes of a list whose entries are kept."""
    word = path.removeprefix("/v1/")
    reading, writing = Access(read, f"{word}:read"), Access(write, f"{word}:write")
    adding = writing if add is None else Access(add, f"{word}:write")
    one = path + "/{id}"
    return {
        ("GET", path): reading,
        ("POST", path): adding,
        ("GET", one): reading,
        ("PATCH", one): writing,
        ("DELETE", one): writing,
    }


# What is missing here is refused at start-up, in both directions.
ACCESS: dict[tuple[str, str], Access] = {
    ("GET", "/health"): _PUBLIC,
    ("GET", "/openapi.json"): _PUBLIC,
    ("POST", "/v1/sessions"): _PUBLIC,
    ("GET", "/v1/sessions/current"): Access(_ALL),
    ("DELETE", "/v1/sessions/current"): Access(_ALL),
    ("POST", "/v1/sessions/password"): Access(_ALL),
    ("POST", "/v1/driver-links/exchange"): _PUBLIC,
    ("GET", "/v1/organisation"): Access(_ALL, "organisation:read"),
    ("PATCH", "/v1/organisation"): Access(_STAFFING, "organisation:write"),
    ("GET", "/v1/organisation/law"): Access(_PLANNING, "organisation:read"),
    ("PATCH", "/v1/organisation/law"): Access(_LEAD, "organisation:write"),
    **_resource("/v1/places", _ASKING, _OFFICE, add=_ASKING),
    **_resource("/v1/vehicles", _OFFICE, _OFFICE),
    **_resource("/v1/vehicle-calendar", _OFFICE, _OFFICE),
    **_resource("/v1/drivers", _OFFICE, _OFFICE),
    **_resource("/v1/contracts", _OFFICE, _LEAD),
    **_resource("/v1/driver-times", _OFFICE, _OFFICE),
    **_resource("/v1/shifts", _OFFICE, _OFFICE),
    **_resource("/v1/participants", _ASKING, _OFFICE, add=_ASKING),
    **_resource("/v1/referrals", _ASKING, _REFERRING),
    ("GET", "/v1/bookings"): Access(_ASKING, "bookings:read"),
    ("POST", "/v1/bookings"): Access(_ASKING, "bookings:write"),
    ("GET", "/v1/bookings/{id}"): Access(_ASKING, "bookings:read"),
    ("PATCH", "/v1/bookings/{id}"): Access(_OFFICE, "bookings:write"),
    ("POST", "/v1/bookings/{id}/cancel"): Access(_ASKING, "bookings:write"),
    ("POST", "/v1/quotes"): Access(_OFFICE, "quotes:write"),
    **_resource("/v1/standing-bookings", _ASKING, _OFFICE),
    **_resource("/v1/flexible-bookings", _ASKING, _OFFICE, add=_ASKING),
    ("POST", "/v1/flexible-bookings/{id}/proposals"): Access(_OFFICE, "flexible-bookings:write"),
    ("POST", "/v1/flexible-bookings/{id}/confirm"): Access(_OFFICE, "flexible-bookings:write"),
    **_resource("/v1/group-events", _ASKING, _OFFICE),
    ("POST", "/v1/group-events/{id}/collect"): Access(_OFFICE, "group-events:write"),
    **_resource("/v1/attendances", _ASKING, _OFFICE, add=_ASKING),
    **_resource("/v1/protected-targets", _OFFICE, _OFFICE),
    ("GET", "/v1/slot-offers"): Access(_ASKING, "slot-offers:read"),
    ("POST", "/v1/slot-offers"): Access(_ASKING, "slot-offers:write"),
    ("GET", "/v1/slot-offers/{id}"): Access(_ASKING, "slot-offers:read"),
    ("DELETE", "/v1/slot-offers/{id}"): Access(_ASKING, "slot-offers:write"),
    ("POST", "/v1/slot-offers/{id}/bookings"): Access(_ASKING, "slot-offers:write"),
    ("POST", "/v1/roster/compare"): Access(_OFFICE, "roster:read"),
    ("GET", "/v1/days/{date}/idle"): Access(_OFFICE, "days:read"),
    ("GET", "/v1/days/{date}/free-vehicles"): Access(_OFFICE, "days:read"),
    ("POST", "/v1/days/{date}/protected-slots"): Access(_OFFICE, "plans:write"),
    ("GET", "/v1/days/{date}"): Access(_OFFICE, "days:read"),
    ("GET", "/v1/days/{date}/scenario"): Access(_LEAD, "days:read"),
    ("POST", "/v1/days/{date}/scenario"): Access(_LEAD, "days:write"),
    ("POST", "/v1/days/{date}/plans"): Access(_OFFICE, "plans:write"),
    ("GET", "/v1/days/{date}/plans/{id}"): Access(_OFFICE, "plans:read"),
    ("DELETE", "/v1/days/{date}/plans/{id}"): Access(_OFFICE, "plans:write"),
    ("GET", "/v1/days/{date}/plans/{id}/status"): Access(_OFFICE, "plans:read"),
    ("POST", "/v1/days/{date}/plans/{id}/publish"): Access(_OFFICE, "plans:write"),
    ("GET", "/v1/days/{date}/itineraries"): Access(_RUNNING, "itineraries:read"),
    ("GET", "/v1/days/{date}/itineraries/{shift}"): Access(_RUNNING, "itineraries:read"),
    ("GET", "/v1/days/{date}/driver-events"): Access(_RUNNING, "driver-events:read"),
    ("POST", "/v1/days/{date}/driver-events"): Access(_RUNNING, "driver-events:write"),
    ("POST", "/v1/check"): Access(_OFFICE, "check:write"),
    ("GET", "/v1/driver-links"): Access(_OFFICE),
    ("POST", "/v1/driver-links"): Access(_OFFICE),
    ("DELETE", "/v1/driver-links/{id}"): Access(_OFFICE),
    ("GET", "/v1/accounts"): Access(_STAFFING),
    ("POST", "/v1/accounts"): Access(_STAFFING),
    ("GET", "/v1/accounts/{id}"): Access(_STAFFING),
    ("PATCH", "/v1/accounts/{id}"): Access(_STAFFING),
    ("POST", "/v1/accounts/{id}/reset"): Access(_STAFFING),
    ("GET", "/v1/tokens"): Access(_PROGRAMS),
    ("POST", "/v1/tokens"): Access(_PROGRAMS),
    ("DELETE", "/v1/tokens/{id}"): Access(_PROGRAMS),
    ("GET", "/v1/participants/{id}/export"): Access(_LEAD),
    ("POST", "/v1/participants/{id}/erase"): Access(_LEAD),
    ("GET", "/v1/drivers/{id}/export"): Access(_LEAD),
    ("POST", "/v1/drivers/{id}/erase"): Access(_LEAD),
    ("GET", "/v1/events"): Access(_LOGS),
    ("GET", "/v1/views"): Access(_LOGS),
}
SCOPES = tuple(sorted({each.scope for each in ACCESS.values() if each.scope}))

_KEPT = ("id", "version", "created_at", "changed_at")
_PARTICIPANT = (
    *_KEPT,
    "first_name",
    "last_name",
    "phone",
    "boarding_s",
    "alighting_s",
    "wheelchair",
    "companions",
    "child_seats",
    "requires",
    "note",
)
_BOOKING = (
    *_KEPT,
    "service_date",
    "participant",
    "outward",
    "return",
    "party_size",
    "purpose",
    "requires",
    "external_ref",
    "legs",
    "standing",
    "refused",
)
_STANDING = (
    *_KEPT,
    "participant",
    "recurrence",
    "outward",
    "return",
    "party_size",
    "purpose",
)
_BOOKING_OFFICE = (
    *_BOOKING,
    "regime",
    "priority",
    "price_eur_cents",
    "outward_pin",
    "return_pin",
    "participation_eur_cents",
    "overrides",
)
_STANDING_OFFICE = (*_STANDING, "regime", "priority")
_FLEXIBLE = (
    *_KEPT,
    "participant",
    "home",
    "place",
    "windows",
    "stay_s",
    "one_way",
    "dates",
    "party_size",
    "purpose",
    "requires",
    "booking",
)
_FLEXIBLE_OFFICE = (*_FLEXIBLE, "regime", "value_eur_cents")
_REFERRAL_DATES = (*_KEPT, "participant", "starts_on", "expires_on")
_REFERRAL = (*_REFERRAL_DATES, "prescriber")
_ORGANISATION = (*_KEPT, "name", "territory")
_ORGANISATION_LEAD = (
    *_ORGANISATION,
    "objective",
    "policy",
    "retention_months",
    "promise_half_width_s",
    "holiday_area",
    "participation_per_km",
)
# Which files and servers are asked for travel times is a matter of the machine.
_ORGANISATION_ADMIN = (*_ORGANISATION_LEAD, "travel")
# What a role sees, and may write, of things that are not the same to everybody.
# A field that is not listed is seen by nobody.
FIELDS: dict[str, dict[Role, tuple[str, ...]]] = {
    "participant": {
        _C: (*_PARTICIPANT, "ride_limit", "never_with", "regular_driver", "eligibility"),
        _D: (*_PARTICIPANT, "ride_limit", "never_with", "regular_driver"),
        _P: _PARTICIPANT,
    },
    "referral": {_C: _REFERRAL, _D: _REFERRAL_DATES, _P: _REFERRAL},
    "booking": {_C: _BOOKING_OFFICE, _D: _BOOKING_OFFICE, _P: _BOOKING},
    "standing_booking": {_C: _STANDING_OFFICE, _D: _STANDING_OFFICE, _P: _STANDING},
    "flexible_booking": {_C: _FLEXIBLE_OFFICE, _D: _FLEXIBLE_OFFICE, _P: _FLEXIBLE},
    "organisation": {
        _C: _ORGANISATION_LEAD,
        _D: _ORGANISATION_LEAD,
        _M: _ORGANISATION_ADMIN,
        _P: _ORGANISATION,
        _V: _ORGANISATION,
        _A: _ORGANISATION,
    },
}


def expect_complete(routes: Iterable[tuple[str, str]]) -> None:
    """Compare the table with the routes there are.

    Parameters
    ----------
    routes
        Method and path of each.

    Raises
    ------
    RouteWithoutAccessError
        When one of them is missing on either side.
    """
    found = set(routes)
    missing, left_over = sorted(found - set(ACCESS)), sorted(set(ACCESS) - found)
    if missing or left_over:
        raise RouteWithoutAccessError(
            f"routes without access: {missing}; access without route: {left_over}"
        )


def access_of(method: str, path: str) -> Access:
    """Return who may call a route.

    Parameters
    ----------
    method, path
        As in the table; HEAD counts as GET.

    Returns
    -------
    Access
        The entry.

    Raises
    ------
    RouteWithoutAccessError
        When it is missing.
    """
    try:
        return ACCESS["GET" if method == "HEAD" else method, path]
    except KeyError as error:
        raise RouteWithoutAccessError(f"route without access: {method} {path}") from error


def expect_allowed(access: Access, actor: Actor) -> None:
    """Let a caller pass, or not.

    Parameters
    ----------
    access
        Of the route.
    actor
        Who is asking.

    Raises
    ------
    ForbiddenError
        When the role, or the scopes of the token, do not include it.
    """
    if actor.role not in access.roles:
        raise ForbiddenError(f"{actor.role} may not")
    if actor.scopes is not None and access.scope not in actor.scopes:
        raise ForbiddenError(f"no scope {access.scope}")


def visible(kind: str, role: Role, data: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a thing what a role may see.

    Parameters
    ----------
    kind
        Key of ``FIELDS``; things of other kinds are the same to everybody
        who may read them at all.
    role
        Of the caller.
    data
        All fields.

    Returns
    -------
    dict
        Those on the list.
    """
    if kind not in FIELDS:
        return dict(data)
    seen = FIELDS[kind].get(role, ())
    return {key: value for key, value in data.items() if key in seen}


def unwritable(kind: str, role: Role, keys: Iterable[str]) -> tuple[str, ...]:
    """Name the fields a role tries to write and may not.

    Parameters
    ----------
    kind
        Key of ``FIELDS``, or anything else.
    role
        Of the caller.
    keys
        As they stand in the body.

    Returns
    -------
    tuple of str
        Only fields that exist for somebody; unknown ones are another mistake.
    """
    if kind not in FIELDS:
        return ()
    seen = FIELDS[kind].get(role, ())
    anybody = {field for fields in FIELDS[kind].values() for field in fields}
    return tuple(key for key in keys if key in anybody and key not in seen)
