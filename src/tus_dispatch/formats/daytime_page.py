"""The page on the middle of a day: one HTML file with its chart, opened without a network."""

from tus_dispatch.domain.daytime_report import DaytimeReport
from tus_dispatch.formats.daytime_chart import BAR, LEFT, USES, chart_of
from tus_dispatch.formats.daytime_words import (
    headline,
    lists_of,
    measure_rows,
    round_rows,
    run_words,
)
from tus_dispatch.formats.pages import render
from tus_dispatch.formats.wording import long_date, printable

_FILLS = {
    use: f"url(#{pattern})" if pattern in {"stripes", "dots"} else colour
    for use, (_, colour, pattern) in USES.items()
}


def daytime_html(report: DaytimeReport, map_page: str | None = None) -> str:
    """Return the page of a report, for the dispatcher.

    Parameters
    ----------
    report
        A filled day beside the same day without.
    map_page
        Where the map of the day is, or None.

    Returns
    -------
    str
        One self-contained French document without scripts. First names and
        initials only.
    """
    scenario = report.plan.scenario
    return render(
        "daytime.html",
        title=printable(scenario.name),
        date=long_date(scenario.day.date),
        territory=printable(scenario.territory.name),
        map=map_page,
        estimated=report.plan.is_estimated,
        headline=headline(report),
        chart=chart_of(report.before.rounds, report.after.rounds, scenario.day),
        left=LEFT,
        bar=BAR,
        uses=USES,
        fills=_FILLS,
        measures=measure_rows(report),
        rounds=round_rows(report),
        lists=list(lists_of(report)),
        run=run_words(report),
    )
