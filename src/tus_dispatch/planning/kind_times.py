"""A plan's own orders at the kindest times they allow."""

from dataclasses import replace

from tus_dispatch.domain.plan import Plan
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import Encoding, encode_plan
from tus_dispatch.solver.models.timetable import kindest_solution


def with_kindest_times(encoding: Encoding, plan: Plan) -> Plan:
    """Keep who rides where and in which order, and set all times anew.

    Parameters
    ----------
    encoding
        The day of the plan, under its objective and its promises.
    plan
        A sound plan of that day.

    Returns
    -------
    Plan
        Never dearer, see ``solver.models.timetable.kindest_times``.
    """
    solution = kindest_solution(encoding.instance, encode_plan(encoding, plan))
    return replace(plan, rounds=decode(encoding, solution), cost=decode_cost(encoding, solution))
