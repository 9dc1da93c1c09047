"""The tables of docs/benchmarks.md, from records alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean

from tus_dispatch.bench.best_known import BestKnown
from tus_dispatch.bench.peers.registry import PEERS
from tus_dispatch.bench.record import Record
from tus_dispatch.bench.summary import Summaries, Summary, engines, instances, summaries

NOTHING = "–"
SMALL = 48

Known = Mapping[str, BestKnown]
Rows = Iterable[Sequence[str]]


def markdown_table(header: Sequence[str], rows: Rows) -> str:
    """Lay out a table; the first column is text, the others are numbers.

    Parameters
    ----------
    header, rows
        As many cells in each.

    Returns
    -------
    str
        Without a final line feed.
    """
    marks = ("---", *("---:" for _ in header[1:]))
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, marks, *rows))


def gap_table(records: Iterable[Record], known: Known, *, engine: str) -> str:
    """Show how far one engine stays above the best known costs.

    Parameters
    ----------
    records
        Of any engines.
    known
        Reference per instance.
    engine
        Whose records count.

    Returns
    -------
    str
        One row per instance, then means and worst over all and over the
        instances of up to 48 requests.
    """
    found = {key: value for key, value in summaries(records).items() if key[1] == engine}
    header = (
        *("instance", "requests", "best known", "cost (best)", "gap mean %", "gap worst %"),
        *("feasible", "proved", "wall mean s"),
    )
    rows = [_gap_row(name, found[name, engine], known.get(name)) for name in instances(found)]
    everything = [(found[name, engine], known.get(name)) for name in instances(found)]
    small = [each for each in everything if each[0].records[0].n_requests <= SMALL]
    if small and len(small) < len(everything):
        rows.append(_gap_totals(f"up to {SMALL} requests", small))
    rows.append(_gap_totals("all", everything))
    return markdown_table(header, rows)


def _gap_row(name: str, runs: Summary, best: BestKnown | None) -> tuple[str, ...]:
    gaps = () if best is None else runs.gaps_percent(best)
    return (
        name,
        str(runs.records[0].n_requests),
        NOTHING if best is None else f"{best.cost:.2f}",
        number(runs.best_cost, 2),
        number(fmean(gaps) if gaps else None, 3),
        number(max(gaps, default=None), 3),
        _of(runs.n_feasible, runs),
        _of(sum(record.proved_optimal for record in runs.records), runs),
        f"{runs.wall_s:.1f}",
    )


def _gap_totals(title: str, runs: Sequence[tuple[Summary, BestKnown | None]]) -> tuple[str, ...]:
    means, worst = [], []
    for each, best in runs:
        gaps = () if best is None else each.gaps_percent(best)
        if gaps:
            means.append(fmean(gaps))
            worst.append(max(gaps))
    n_runs = sum(len(each.records) for each, _ in runs)
    n_feasible = sum(each.n_feasible for each, _ in runs)
    n_proved = sum(record.proved_optimal for each, _ in runs for record in each.records)
    return (
        f"**{title}**",
        "",
        "",
        "",
        number(fmean(means) if means else None, 3),
        number(max(worst, default=None), 3),
        f"{n_feasible}/{n_runs}",
        f"{n_proved}/{n_runs}",
        f"{fmean(each.wall_s for each, _ in runs):.1f}",
    )


def peer_table(records: Iterable[Record], *, ours: str) -> str:
    """Show what every engine and peer costs on the same files.

    Parameters
    ----------
    records
        Of our engines and of peers.
    ours
        The engine that is compared.

    Returns
    -------
    str
        Mean costs. An answer that breaks only limits its solver cannot say
        stands in brackets, with the rides and routes that are too long; the
        last columns say how far we are from the best answer the judge
        accepts, and from the best of all, broken limits forgiven.
    """
    found = summaries(records)
    names = engines(found, ours, tuple(PEERS))
    others = [name for name in names if name in PEERS]
    header = ("instance", *names, "to best sound peer %", "to best peer %")
    rows, sound, any_ = [], [], []
    for instance in instances(found):
        runs = {name: found[instance, name] for name in names if (instance, name) in found}
        ratios = [
            _ratio(runs, ours, others, lambda each: each.mean_cost),
            _ratio(runs, ours, others, lambda each: each.loose_cost),
        ]
        sound += [ratios[0]] if ratios[0] is not None else []
        any_ += [ratios[1]] if ratios[1] is not None else []
        cells = [_peer_cell(runs.get(name)) for name in names]
        rows.append((instance, *cells, *(number(ratio, 2, sign="+") for ratio in ratios)))
    means = [number(fmean(each) if each else None, 2, sign="+") for each in (sound, any_)]
    rows.append(("**mean**", *("" for _ in names), *means))
    return markdown_table(header, rows)


def least_core_share(records: Iterable[Record]) -> float | None:
    """Return the smallest share of a core that any peer had.

    Parameters
    ----------
    records
        Of our engines and of peers.

    Returns
    -------
    float or None
        Processor time over wall time, None without peers. Well below 1 means
        that other programs took the core, and the comparison is not fair.
    """
    shares = [share for each in records if (share := each.core_share) is not None]
    return min(shares, default=None)


def _ratio(
    runs: Mapping[str, Summary],
    ours: str,
    others: Sequence[str],
    cost: Callable[[Summary], float | None],
) -> float | None:
    """Return by how many percent we cost more than the best of the others."""
    mine = runs[ours].mean_cost if ours in runs else None
    theirs = [found for name in others if name in runs and (found := cost(runs[name])) is not None]
    return 100.0 * (mine / min(theirs) - 1) if mine is not None and theirs else None


def _peer_cell(runs: Summary | None) -> str:
    if runs is None:
        return NOTHING
    if runs.mean_cost is not None:
        return f"{runs.mean_cost:.2f}"
    if runs.loose_cost is None:
        return "none sound"
    counted = [record.relaxed for record in runs.records if record.relaxed is not None]
    rides = fmean(each.ride_limit_violations for each in counted)
    routes = fmean(each.route_duration_violations for each in counted)
    return f"({runs.loose_cost:.2f}: {rides:g} rides, {routes:g} routes)"


def engine_table(records: Iterable[Record], known: Known, *, ours: str) -> str:
    """Compare our engines with each other: what each ingredient is worth.

    Parameters
    ----------
    records
        Of engines of ours.
    known
        Reference per instance.
    ours
        The engine the others are measured by.

    Returns
    -------
    str
        One row per engine: gaps, runs that were feasible, and the mean cost
        above that of ``ours`` on the instances that both solved in all runs.
    """
    found = summaries(records)
    rows = []
    for engine in engines(found, ours):
        runs = {name: found[name, engine] for name in instances(found) if (name, engine) in found}
        gaps = [
            fmean(each)
            for name, runs_of in runs.items()
            if name in known and (each := runs_of.gaps_percent(known[name]))
        ]
        n_runs = sum(len(each.records) for each in runs.values())
        rows.append(
            (
                engine,
                number(fmean(gaps) if gaps else None, 2),
                number(max(gaps, default=None), 2),
                f"{sum(each.n_feasible for each in runs.values())}/{n_runs}",
                number(_dearer(found, runs, ours), 2, sign="+"),
            )
        )
    header = ("engine", "gap mean %", "gap worst %", "feasible", f"cost over {ours} %")
    return markdown_table(header, rows)


def _dearer(found: Summaries, runs: Mapping[str, Summary], ours: str) -> float | None:
    rises = [
        100.0 * (cost / base - 1)
        for name, each in runs.items()
        if (name, ours) in found
        and (cost := each.mean_cost) is not None
        and (base := found[name, ours].mean_cost) is not None
    ]
    return fmean(rises) if rises else None


def number(value: float | None, decimals: int, *, sign: str = "") -> str:
    """Show a number, or a dash for none; what rounds to nothing has no sign.

    Parameters
    ----------
    value
        Or None.
    decimals
        Places after the point.
    sign
        ``"+"`` to show it on positive numbers too.

    Returns
    -------
    str
        A cell.

    Examples
    --------
    >>> number(-0.0001, 2), number(1.5, 2, sign="+"), number(None, 2)
    ('0.00', '+1.50', '–')
    """
    if value is None:
        return NOTHING
    text = f"{value:{sign}.{decimals}f}"
    return f"{0:.{decimals}f}" if float(text) == 0 else text


def _of(count: int, runs: Summary) -> str:
    return f"{count}/{len(runs.records)}"
