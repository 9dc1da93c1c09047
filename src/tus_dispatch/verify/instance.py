"""The judge of solutions: the same rules in the solver's words, for instances without people."""

from collections.abc import Iterator

from tus_dispatch.verify.readable import ReadableInstance, ReadableRoute, ReadableSolution
from tus_dispatch.verify.route_rules import ROUTE_RULES, open_route
from tus_dispatch.verify.violations import Violation, broken


def verify_solution(
    instance: ReadableInstance, solution: ReadableSolution
) -> tuple[Violation, ...]:
    """Return every rule a solution breaks.

    Parameters
    ----------
    instance
        The problem.
    solution
        Order and times, taken as given.

    Returns
    -------
    tuple of Violation
        Empty for a sound solution.

    Notes
    -----
    The price is not looked at: literature files are priced by their own rules.
    """
    found = list(_requests_stand_once(instance, solution))
    found += _partners_go_together(instance, solution)
    found += _followers_wait(instance, solution)
    used = [route.vehicle for route in solution.routes]
    for vehicle in sorted({vehicle for vehicle in used if used.count(vehicle) > 1}):
        times = used.count(vehicle)
        found.append(broken("shift-twice", f"route {vehicle}", times - 1, times=times))
    for route in solution.routes:
        found += verify_route(instance, route)
    return tuple(found)


def verify_route(instance: ReadableInstance, route: ReadableRoute) -> tuple[Violation, ...]:
    """Return every rule one route breaks.

    Parameters
    ----------
    instance
        The problem.
    route
        Order and times of one vehicle.

    Returns
    -------
    tuple of Violation
        Empty for a sound route. A route that names unknown vehicles or nodes
        is not looked at any further.
    """
    shape = tuple(_shape(instance, route))
    if shape:
        return shape
    case = open_route(instance, route)
    return tuple(violation for rule in ROUTE_RULES for violation in rule(case))


def _shape(instance: ReadableInstance, route: ReadableRoute) -> Iterator[Violation]:
    name = f"route {route.vehicle}"
    if not 0 <= route.vehicle < len(instance.start_location):
        yield broken("unknown-reference", name, what="le véhicule", name=route.vehicle)
    for index, node in enumerate(route.nodes):
        if not 0 <= node < len(instance.location):
            yield broken("unknown-reference", f"{name}/{index}", what="le nœud", name=node)
    if not route.nodes:
        yield broken("round-shape", name, what="rien entre le départ et l'arrivée")
    if len(route.nodes) != len(route.start_s):
        yield broken("round-shape", name, what="autant d'heures que d'arrêts sont nécessaires")


def _requests_stand_once(
    instance: ReadableInstance, solution: ReadableSolution
) -> Iterator[Violation]:
    n = len(instance.load)
    visits = [node for route in solution.routes for node in route.nodes]
    for request in range(n):
        doors = max(visits.count(request), visits.count(request + n))
        times = doors + list(solution.unserved).count(request)
        if times == 0:
            yield broken("leg-missing", f"request {request}")
        elif times > 1:
            yield broken("leg-twice", f"request {request}", times - 1, times=times)
    for request in solution.unserved:
        if not 0 <= request < n:
            yield broken("unknown-reference", "plan", what="la demande", name=request)


def _partners_go_together(
    instance: ReadableInstance, solution: ReadableSolution
) -> Iterator[Violation]:
    n = len(instance.load)
    served = {node % n for route in solution.routes for node in route.nodes if 0 <= node < 2 * n}
    for request in sorted(served):
        partner = int(instance.partner[request])
        if partner >= 0 and partner not in served:
            yield broken("linked-leg", f"request {request}", other=f"partenaire {partner}")


def _followers_wait(instance: ReadableInstance, solution: ReadableSolution) -> Iterator[Violation]:
    n = len(instance.load)
    starts: dict[int, int] = {}
    for route in solution.routes:
        starts.update(zip(route.nodes, route.start_s, strict=False))
    for request in range(min(n, len(instance.follows))):
        first = int(instance.follows[request])
        if first < 0 or request not in starts or n + first not in starts:
            continue
        by = starts[n + first] + int(instance.service_s[n + first]) - starts[request]
        if by > 0:
            yield broken("return-first", f"request {request}", by)
