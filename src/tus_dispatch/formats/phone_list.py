"""Whom to call about a day, on paper to tick off and as a table for a spreadsheet."""

from dataclasses import dataclass

from tus_dispatch.domain.phone_list import Call, CallLeg, PhoneList
from tus_dispatch.domain.told import LegNews
from tus_dispatch.formats.csv.cells import guarded
from tus_dispatch.formats.csv.table import write_table
from tus_dispatch.formats.day_board_words import WAYS, published
from tus_dispatch.formats.pages import render
from tus_dispatch.formats.wording import counted, long_date, shortened

_NAME, _PLACE, _PHONE = 60, 80, 20
_CSV_HEADER = ["nom", "téléphone", "trajet", "nouvelle", "lieu", "de", "à", "avant", "conduite"]
_NEWS = {
    LegNews.GONE: "plus de véhicule",
    LegNews.MOVED: "change",
    LegNews.NEW: "nouveau",
    LegNews.UNSERVED: "sans véhicule",
    LegNews.KEPT: "déjà prévenu·e",
}


@dataclass(frozen=True, slots=True)
class CallRow:
    """One person as it is read.

    Attributes
    ----------
    name, phone
        The phone may be empty.
    news
        A word that stands out.
    is_alarm
        Whether nobody drives somebody who counts on it.
    lines
        What to say, one per leg.
    """

    name: str
    phone: str
    news: str
    is_alarm: bool
    lines: tuple[str, ...]


def phone_list_html(calls: PhoneList) -> str:
    """Return a phone list as a web page.

    Parameters
    ----------
    calls
        What the office may know.

    Returns
    -------
    str
        One self-contained document in French with boxes to tick, A4 portrait
        when printed.
    """
    return render(
        "phone_list.html",
        title="Personnes à appeler",
        date=long_date(calls.service_date),
        territory=shortened(calls.territory, _PLACE),
        published=published(calls.published_at, calls.time_zone),
        count=counted(len(calls.to_call), "appel"),
        to_call=[_row(call) for call in calls.to_call],
        informed=[_row(call) for call in calls.informed],
    )


def phone_list_csv(calls: PhoneList) -> bytes:
    """Return a phone list as a table, one line per leg.

    Parameters
    ----------
    calls
        What the office may know.

    Returns
    -------
    bytes
        As a French spreadsheet opens it by a double click; no cell of it is
        ever a formula.
    """
    rows = [
        [
            _cell(call.name, _NAME),
            _cell(call.phone or "", _PHONE),
            WAYS[leg.direction],
            _NEWS[leg.news],
            _cell(leg.place, _PLACE),
            leg.from_clock or "",
            leg.until_clock or "",
            _between(leg.before_from_clock, leg.before_until_clock),
            _cell(leg.driver, _NAME),
        ]
        for call in (*calls.to_call, *calls.informed)
        for leg in call.legs
    ]
    return write_table(_CSV_HEADER, rows)


def _cell(text: str, longest: int) -> str:
    short = shortened(text, longest)
    return guarded(short) if short else ""


def _row(call: Call) -> CallRow:
    return CallRow(
        name=shortened(call.name, _NAME),
        phone=shortened(call.phone or "", _PHONE),
        news=_NEWS[call.news],
        is_alarm=call.news in {LegNews.GONE, LegNews.UNSERVED},
        lines=tuple(_line(leg) for leg in call.legs),
    )


def _line(leg: CallLeg) -> str:
    way = WAYS[leg.direction].capitalize()
    before = _between(leg.before_from_clock, leg.before_until_clock)
    if leg.from_clock is None:
        known = f" (prévu {before})" if before else ""
        return f"{way} : aucun véhicule{known}. Chercher une solution avec la personne."
    place, driver = shortened(leg.place, _PLACE), shortened(leg.driver, _NAME)
    by = f", avec {driver}" if driver else ""
    remark = ""
    if leg.news is LegNews.MOVED:
        remark = f" (et non plus {before})"
    elif leg.news is LegNews.KEPT and before:
        remark = " (inchangé)"
    return f"{way} : {_between(leg.from_clock, leg.until_clock)}{remark}, {place}{by}"


def _between(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ""
    return f"à {first}" if first == last else f"entre {first} et {last}"
