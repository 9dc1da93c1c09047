"""What stands on a day board, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tus_dispatch.domain.day_board import BoardChange, BoardRound, BoardUnserved, DayBoard
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.run_sheet import RunSheet
from tus_dispatch.domain.told import LegNews
from tus_dispatch.formats.pictograms import Pictogram
from tus_dispatch.formats.run_sheet_words import ESTIMATED, SheetPage, sheet_page
from tus_dispatch.formats.wording import counted, long_date, shortened

_NAME, _PLACE, _SHIFT, _PHONE, _SENTENCE = 40, 60, 30, 20, 200
# Letters of a name and place to a line, and ems on two pages, for each size of the template.
_SIZES = (("large", 25, 208), ("medium", 22, 355), ("small", 20, 520))
_LINE, _GAP, _HEADING = 1.16, 0.65, 4.0
WAYS = {Direction.OUTWARD: "aller", Direction.RETURN: "retour"}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One action of a round in as few words as possible.

    Attributes
    ----------
    pictogram
        What to do, drawn.
    clock
        When.
    title, detail
        Who or what, how many or until when; the detail may be empty.
    place
        Where, ``idem`` where the vehicle stands still.
    needs
        What to prepare, drawn.
    """

    pictogram: Pictogram
    clock: str
    title: str
    detail: str
    place: str
    needs: tuple[Pictogram, ...]


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One round as it is read.

    Attributes
    ----------
    shift, vehicle
        The heading.
    driver
        Empty when a name is to be written by hand.
    phone
        Of the driver, may be empty.
    hours
        Sign-on and sign-off.
    rows
        What happens between.
    """

    shift: str
    vehicle: str
    driver: str
    phone: str
    hours: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A day board as it is read.

    Attributes
    ----------
    title, date, territory
        The heading.
    published
        When, and which version; may be empty.
    cards
        One per round.
    unserved
        Who, what was asked, and why not.
    changes
        When, for whom, and what; None on the first board of a day.
    totals
        One line of figures.
    warning
        Empty unless times are estimated.
    density
        Name of a size of letters: ``large``, ``medium`` or ``small``.
    """

    title: str
    date: str
    territory: str
    published: str
    cards: tuple[RoundCard, ...]
    unserved: tuple[tuple[str, str, str], ...]
    changes: tuple[tuple[str, str, str], ...] | None
    totals: str
    warning: str
    density: str = "large"


def board_page(board: DayBoard) -> BoardPage:
    """Put a day board into words.

    Parameters
    ----------
    board
        What the office may know.

    Returns
    -------
    BoardPage
        Printable strings of bounded length; the caller still escapes them.
    """
    n_people = sum(each.sheet.n_people for each in board.rounds)
    totals = (
        counted(len(board.rounds), "tournée"),
        counted(n_people, "personne transportée", "personnes transportées"),
        counted(len(board.unserved), "trajet sans véhicule", "trajets sans véhicule"),
    )
    cards = tuple(_card(each) for each in board.rounds)
    page = BoardPage(
        title="Tableau du jour",
        date=long_date(board.service_date),
        territory=shortened(board.territory, _PLACE),
        published=published(board.published_at, board.time_zone, board.number),
        cards=cards,
        unserved=tuple(_unserved(each) for each in board.unserved),
        changes=None if board.changes is None else tuple(_change(each) for each in board.changes),
        totals=" · ".join(totals),
        warning=ESTIMATED if board.estimated else "",
    )
    return replace(page, density=_density(page))


def published(at: int | None, time_zone: str, number: int | None = None) -> str:
    """Say when something was published.

    Parameters
    ----------
    at
        UTC epoch seconds, or None.
    time_zone
        IANA name.
    number
        Version of the plan, or None.

    Returns
    -------
    str
        May be empty.

    Examples
    --------
    >>> published(1_773_072_120, "Europe/Paris", 4)
    'publié le 09/03 à 17:02 · version 4'
    """
    parts = []
    if at is not None:
        local = datetime.fromtimestamp(at, tz=UTC).astimezone(ZoneInfo(time_zone))
        parts.append(f"publié le {local:%d/%m} à {local:%H:%M}")
    if number is not None:
        parts.append(f"version {number}")
    return " · ".join(parts)


def _card(board_round: BoardRound) -> RoundCard:
    page = sheet_page(board_round.sheet)
    return RoundCard(
        shift=page.shift,
        vehicle=page.vehicle,
        driver=page.driver,
        phone=shortened(board_round.driver_phone or "", _PHONE),
        hours=page.hours,
        rows=tuple(_rows(board_round.sheet, page)),
    )


def _rows(sheet: RunSheet, page: SheetPage) -> Iterator[BoardRow]:
    # Start and end stand in the heading of the card.
    before = ""
    for line, row in zip(sheet.lines[1:-1], page.rows[1:-1], strict=True):
        party = f"×{line.party_size}" if line.party_size > 1 else ""
        yield BoardRow(
            pictogram=row.pictogram,
            clock=row.clock,
            title=row.title,
            detail=party if line.person else row.detail,
            place="idem" if row.place == before else row.place,
            needs=row.needs,
        )
        before = row.place


def _unserved(unserved: BoardUnserved) -> tuple[str, str, str]:
    places = f"{shortened(unserved.origin, _PLACE)} → {shortened(unserved.destination, _PLACE)}"
    times = [
        _asked("départ", unserved.leave_from, unserved.leave_until),
        _asked("arrivée", unserved.arrive_from, unserved.arrive_until),
    ]
    if unserved.before_clock is not None:
        times.append(f"était prévu à {unserved.before_clock}")
    who = f"{shortened(unserved.person, _NAME)}, {WAYS[unserved.direction]}"
    what = ", ".join([places, *filter(None, times)])
    return who, what, shortened(unserved.sentence, _SENTENCE)


def _asked(what: str, first: str | None, last: str | None) -> str:
    if first is not None and last is not None:
        return f"{what} entre {first} et {last}"
    clock = first or last
    return "" if clock is None else f"{what} à {clock}"


def _change(change: BoardChange) -> tuple[str, str, str]:
    who = f"{shortened(change.person, _NAME)}, {WAYS[change.direction]}"
    before, now = change.before_clock or "", change.clock or ""
    shifts = [shortened(each or "", _SHIFT) for each in (change.shift_before, change.shift)]
    other = f"{shifts[0]} → {shifts[1]}" if all(shifts) and shifts[0] != shifts[1] else ""
    return {
        LegNews.MOVED: (f"{before} → {now}", who, other),
        LegNews.NEW: (now, who, f"nouveau, {shifts[1]}"),
        LegNews.CANCELLED: (before, who, "annulé"),
    }.get(change.news, (now, who, other))


def _density(page: BoardPage) -> str:
    """Choose the largest letters with which two landscape pages hold the day, else the smallest."""
    return next((name for name, *size in _SIZES if _ems(page, size[0]) <= size[1]), _SIZES[-1][0])


def _ems(page: BoardPage, letters: int) -> float:
    """Estimate the height of all columns in ems, with so many letters to a line of a row."""
    rows = [len(f"{r.title} {r.detail}  {r.place}") for card in page.cards for r in card.rows]
    rows += [len("".join(each)) - 8 for each in (*page.unserved, *(page.changes or ()))]
    return sum(_LINE * -(-n // letters) + _GAP for n in rows) + _HEADING * (len(page.cards) + 2)
