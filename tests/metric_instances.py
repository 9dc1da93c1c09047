"""Random instances whose drives are made metric: no detour is quicker than the way itself."""

from dataclasses import replace

import numpy as np

from tus_dispatch.solver.instance import Instance, Ints

FAR_S = 2**40


def quickest(duration_s: Ints) -> Ints:
    """Return the quickest way between all places over any others, -1 for none."""
    way_s = np.where(duration_s < 0, FAR_S, duration_s)
    for over in range(len(way_s)):
        way_s = np.minimum(way_s, way_s[:, over, None] + way_s[None, over, :])
    return np.where(way_s >= FAR_S, -1, way_s)


def metric(instance: Instance) -> Instance:
    """Replace the drives of an instance by the quickest ways; lengths stay as they are."""
    n = instance.n_requests
    way_s = quickest(instance.duration_s)
    # Where a way is new, its length is as well.
    distance_m = np.where((instance.distance_m < 0) & (way_s >= 0), 9 * way_s, instance.distance_m)
    return replace(
        instance,
        duration_s=way_s,
        distance_m=np.where(way_s < 0, -1, distance_m),
        direct_s=way_s[instance.location[:n], instance.location[n : 2 * n]],
    )


def is_metric_in_plain_python(instance: Instance) -> bool:
    """Try every detour over every door."""
    way_s = instance.duration_s.tolist()
    places = range(len(way_s))
    return not any(
        way_s[a][over] >= 0
        and way_s[over][b] >= 0
        and way_s[a][over] + service_s + way_s[over][b] < way_s[a][b]
        for over, service_s in zip(
            instance.location[: 2 * instance.n_requests].tolist(),
            instance.service_s.tolist(),
            strict=False,
        )
        for a in places
        for b in places
    )
