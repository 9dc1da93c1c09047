"""Pickup-and-delivery files of Li and Lim (lc101 …), without any ride limit.

Rows are ``id x y demand earliest latest service pickup delivery`` where 0
means none. The speed in the header is 0 or 1 and means nothing.
"""

from tus_dispatch.formats.foreign.number_rows import (
    NumberRow,
    RowComplaints,
    expect_fleet,
    expect_kernel_range,
    number_rows,
    points,
    stem,
)
from tus_dispatch.formats.literature import Benchmark, LiteratureInstance, Row, build

HEADER_COLUMNS = 3
COLUMNS = 9


def read_li_lim(text: str, source: str) -> LiteratureInstance:
    """Read a pickup-and-delivery instance.

    Parameters
    ----------
    text
        Content of the file.
    source
        Its name, shown in problems.

    Returns
    -------
    LiteratureInstance
        Requests are numbered in the order of their pickups; nobody's stay
        aboard is limited.

    Raises
    ------
    InputError
        With every row that contradicts the format.
    """
    header, *rows = number_rows(text, source)
    complaints = RowComplaints(source)
    complaints.expect(
        len(header.values) == HEADER_COLUMNS,
        header,
        len(header.values),
        "trois nombres K Q vitesse",
    )
    for row in rows:
        complaints.expect(len(row.values) == COLUMNS, row, len(row.values), "neuf nombres")
    complaints.raise_any()
    n_vehicles, capacity, _ = header.values
    expect_fleet(complaints, header, n_vehicles, capacity)
    pairs = _pairs(rows, complaints)
    complaints.expect(pairs, header, "aucune paire", "au moins une demande")
    complaints.raise_any()
    benchmark = Benchmark(
        rows=points(tuple(rows), _row, complaints),
        pairs=pairs,
        end_row=0,
        n_vehicles=int(n_vehicles),
        capacity=int(capacity),
        max_duty=None,
        max_ride=None,
    )
    expect_kernel_range(complaints, header, benchmark)
    complaints.raise_any()
    return build(benchmark, stem(source))


def _pairs(rows: list[NumberRow], complaints: RowComplaints) -> tuple[tuple[int, int], ...]:
    pairs = []
    for index, row in enumerate(rows[1:], start=1):
        demand, pickup, delivery = row.values[3], row.values[7], row.values[8]
        mate = delivery or pickup
        known = mate.is_integer() and 1 <= mate < len(rows) and mate != index
        complaints.expect(
            known and bool(pickup) != bool(delivery),
            row,
            f"{pickup:g} {delivery:g}",
            "soit une prise en charge, soit une livraison du fichier",
        )
        if not known:
            continue
        other = rows[int(mate)].values
        complaints.expect(
            other[7 if delivery else 8] == index and other[3] == -demand,
            row,
            f"{demand:g}",
            f"une ligne {mate:g} qui nomme cette ligne, avec la demande opposée",
        )
        if delivery:
            complaints.expect(
                demand > 0 and demand.is_integer(), row, f"{demand:g}", "une demande positive"
            )
            pairs.append((index, int(mate)))
    return tuple(pairs)


def _row(row: NumberRow) -> Row:
    _, x, y, demand, earliest, latest, service, _, _ = row.values
    return Row(x, y, service, int(demand), earliest, latest)
