"""The chart of a day: every duty as a bar, twice, drawn so that colour is never needed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tus_dispatch.domain.daytime_figures import Bar, RoundIdleness
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import Seconds, ShiftId

WIDTH, LEFT, RIGHT, TOP = 960, 76, 12, 34
BAR, GAP_IN, GAP_OUT = 15, 2, 12
HOUR_S: Seconds = 3600

# Name, colour and pattern of each use; colours are told apart by any colour vision,
# and the pattern says the same without colour.
USES: dict[str, tuple[str, str, str]] = {
    "loaded": ("en charge", "#0072b2", ""),
    "empty": ("à vide", "#56b4e9", "stripes"),
    "service": ("aux portes", "#000000", ""),
    "break": ("pause", "#999999", ""),
    "protected": ("créneau protégé", "#00795a", "dots"),
    "idle": ("attente", "#ffffff", "frame"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One rectangle.

    Attributes
    ----------
    x, width
        In pixels.
    use
        Key of ``USES``.
    title
        What it says on its own.
    """

    x: float
    width: float
    use: str
    title: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One duty under one plan.

    Attributes
    ----------
    y
        In pixels.
    label
        ``sans`` or ``avec``.
    pieces
        From sign-on to sign-off.
    """

    y: int
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChartShift:
    """A shift with its two bars.

    Attributes
    ----------
    name, y
        What it is called and where its name stands.
    rows
        Without filling, then with it; a plan that does not use the shift has
        no bar.
    """

    name: str
    y: int
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the chart shows.

    Attributes
    ----------
    width, height
        In pixels.
    shifts
        In the order of the filled plan.
    hours
        Position and name of every full hour.
    midday
        Left edge and width of 09:30 to 15:30.
    """

    width: int
    height: int
    shifts: tuple[ChartShift, ...]
    hours: tuple[tuple[float, str], ...]
    midday: tuple[float, float]


def chart_of(
    without: Sequence[RoundIdleness], filled: Sequence[RoundIdleness], day: ServiceDay
) -> Chart:
    """Lay the duties of two plans out beside each other.

    Parameters
    ----------
    without, filled
        Rounds of the counterfactual and of the filled plan.
    day
        For the clock.

    Returns
    -------
    Chart
        As wide as a page, one pair of bars per shift.
    """
    bars = [bar for each in (*without, *filled) for bar in each.bars]
    first_s = min((bar.start_s for bar in bars), default=2 * HOUR_S) // HOUR_S * HOUR_S
    last_s = -(-max((bar.end_s for bar in bars), default=16 * HOUR_S) // HOUR_S) * HOUR_S
    scale = (WIDTH - LEFT - RIGHT) / max(HOUR_S, last_s - first_s)

    def x(second: Seconds) -> float:
        return round(LEFT + (second - first_s) * scale, 1)

    names = dict.fromkeys((*(each.shift for each in filled), *(each.shift for each in without)))
    shifts, y = [], TOP
    for name in names:
        rows = tuple(
            ChartRow(y + number * (BAR + GAP_IN), label, tuple(_pieces(bars_of, x, day)))
            for number, (label, bars_of) in enumerate(_pair(name, without, filled))
        )
        shifts.append(ChartShift(name, y + BAR + 3, rows))
        y += 2 * BAR + GAP_IN + GAP_OUT
    start_s, end_s = 5 * HOUR_S + 1800, 11 * HOUR_S + 1800
    return Chart(
        width=WIDTH,
        height=y + 6,
        shifts=tuple(shifts),
        hours=tuple((x(each), day.wall(each)[:5]) for each in range(first_s, last_s + 1, HOUR_S)),
        midday=(x(start_s), round((end_s - start_s) * scale, 1)),
    )


def _pair(
    name: ShiftId, without: Sequence[RoundIdleness], filled: Sequence[RoundIdleness]
) -> Iterator[tuple[str, tuple[Bar, ...]]]:
    for label, rounds in (("sans", without), ("avec", filled)):
        yield label, next((each.bars for each in rounds if each.shift == name), ())


def _pieces(bars: Sequence[Bar], x: Callable[[Seconds], float], day: ServiceDay) -> Iterator[Piece]:
    for bar in bars:
        name = USES[bar.use][0]
        minutes = (bar.end_s - bar.start_s) // 60
        title = f"{name}, {day.wall(bar.start_s)[:5]}–{day.wall(bar.end_s)[:5]} ({minutes} min)"
        yield Piece(x(bar.start_s), round(x(bar.end_s) - x(bar.start_s), 1), bar.use, title)
