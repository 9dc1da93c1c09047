"""All routes of the API, in the order of its document."""

from tus_dispatch.api.v1 import (
    accounts,
    bookings,
    days,
    driver_links,
    health,
    logs,
    organisation,
    participants,
    quotes,
    sessions,
    tokens,
)
from tus_dispatch.api.v1.kept_routes import routes_of
from tus_dispatch.api.v1.lists import (
    CONTRACTS,
    DRIVER_TIMES,
    DRIVERS,
    PLACES,
    REFERRALS,
    SHIFTS,
    STANDING,
    VEHICLE_CALENDAR,
    VEHICLES,
)

ROUTERS = (
    health.router,
    sessions.router,
    organisation.router,
    routes_of(PLACES),
    routes_of(VEHICLES),
    routes_of(VEHICLE_CALENDAR),
    routes_of(DRIVERS),
    routes_of(CONTRACTS),
    routes_of(DRIVER_TIMES),
    routes_of(SHIFTS),
    participants.router,
    routes_of(REFERRALS),
    bookings.router,
    routes_of(STANDING),
    quotes.router,
    days.router,
    driver_links.router,
    accounts.router,
    tokens.router,
    logs.router,
)
