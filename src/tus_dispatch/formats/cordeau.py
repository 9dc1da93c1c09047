"""Dial-a-ride files of Cordeau and Laporte (R1a …) and of Cordeau and Ropke (a2-16 …).

The header says ``K m T Q L``, and ``m`` is the number of requests in one
family and of nodes in the other: only the number of rows is trusted. With an
even number of rows the last one is the depot to return to.
"""

from tus_dispatch.errors import InputError
from tus_dispatch.formats.foreign.codes import problem
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

HEADER_COLUMNS = 5
COLUMNS = 7


def read_cordeau(text: str, source: str, *, ride_limit: bool = True) -> LiteratureInstance:
    """Read a dial-a-ride instance.

    Parameters
    ----------
    text
        Content of the file.
    source
        Its name, shown in problems.
    ride_limit
        Whether the longest stay aboard holds; without it the instance is one
        of pickup and delivery.

    Returns
    -------
    LiteratureInstance
        Distances are travel times; all requests are to be served by at most
        ``K`` vehicles whose routes last at most ``T``.

    Raises
    ------
    InputError
        With every row that contradicts the format.
    """
    header, *rows = number_rows(text, source)
    complaints = RowComplaints(source)
    complaints.expect(
        len(header.values) == HEADER_COLUMNS, header, len(header.values), "cinq nombres K m T Q L"
    )
    for row in rows:
        complaints.expect(len(row.values) == COLUMNS, row, len(row.values), "sept nombres")
    complaints.raise_any()
    benchmark = _benchmark(header, tuple(rows), complaints, ride_limit=ride_limit)
    complaints.raise_any()
    return build(benchmark, stem(source))


def _benchmark(
    header: NumberRow, rows: tuple[NumberRow, ...], complaints: RowComplaints, *, ride_limit: bool
) -> Benchmark:
    n_vehicles, _, max_duty, capacity, max_ride = header.values
    expect_fleet(complaints, header, n_vehicles, capacity)
    complaints.expect(max_duty > 0, header, f"{max_duty:g}", "une durée de tournée positive")
    complaints.expect(max_ride > 0, header, f"{max_ride:g}", "un temps à bord positif")
    n = (len(rows) - 1) // 2
    if n == 0:
        where = f"{complaints.source}:{header.line}"
        wrong = problem("literature-row", where, f"{len(rows)} lignes", "au moins une demande")
        raise InputError(complaints.source, (wrong,))
    for index, row in enumerate(rows):
        load = row.values[4]
        if index == 0 or index > 2 * n:
            complaints.expect(load == 0, row, f"{load:g}", "une charge nulle au dépôt")
        elif index <= n:
            complaints.expect(
                load.is_integer() and load > 0, row, f"{load:g}", "une charge entière positive"
            )
        else:
            boarded = rows[index - n].values[4]
            complaints.expect(load == -boarded, row, f"{load:g}", f"la charge {-boarded:g}")
    benchmark = Benchmark(
        rows=points(rows, _row, complaints),
        pairs=tuple((i, n + i) for i in range(1, n + 1)),
        end_row=2 * n + 1 if len(rows) == 2 * n + 2 else 0,
        n_vehicles=int(n_vehicles),
        capacity=int(capacity),
        max_duty=max_duty,
        max_ride=max_ride if ride_limit else None,
    )
    expect_kernel_range(complaints, header, benchmark)
    return benchmark


def _row(row: NumberRow) -> Row:
    _, x, y, service, load, earliest, latest = row.values
    return Row(x, y, service, int(load), earliest, latest)
