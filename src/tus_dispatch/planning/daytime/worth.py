"""What an offer is worth: the value of its legs less the kilometres and paid minutes it adds."""

from tus_dispatch.domain.offer import BookingOffer
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, EurCents, MilliCents, Seconds
from tus_dispatch.planning.daytime.frozen import MILLI_CENTS, MINUTE_S


def net_value(offer: BookingOffer, value_eur_cents: EurCents, scenario: Scenario) -> MilliCents:
    """Return what is left of the value of a booking when its costs are paid.

    Parameters
    ----------
    offer
        A place in a plan.
    value_eur_cents
        Of all its legs together.
    scenario
        The day, whose policy has the prices.

    Returns
    -------
    int
        Thousandths of a cent: ``value - lambda * extra_km - mu * extra_paid_min``.
    """
    daytime = scenario.policy.daytime
    paid = daytime.extra_paid_minute_eur_cents * MILLI_CENTS * paid_s(offer, scenario)
    return (
        value_eur_cents * MILLI_CENTS
        - daytime.extra_km_eur_cents * offer.marginal_m
        - paid // MINUTE_S
    )


def paid_s(offer: BookingOffer, scenario: Scenario) -> Seconds:
    """Return the paid seconds an offer adds; a volunteer's time is not paid."""
    return sum(
        each.marginal_duty_s for each in offer.legs if is_paid(scenario, each.new_round.driver)
    )


def is_paid(scenario: Scenario, driver: DriverId | None) -> bool:
    """Tell whether a driver is paid; nobody yet counts as somebody paid."""
    return driver is None or not scenario.driver(driver).volunteer
