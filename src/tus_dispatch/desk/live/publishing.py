"""A plan is published: drivers read it, legs are scheduled, and paper is ready at once."""

import threading
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.current import Base, base_of, expect_sound_base
from tus_dispatch.desk.live.days import day_now, kept_plan, load_version
from tus_dispatch.desk.live.leg_states import Move, with_move
from tus_dispatch.desk.live.matrices import times_of
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.refusing import OF_THE_LAW, RefusedError
from tus_dispatch.desk.outputs import contents_of, write_contents
from tus_dispatch.desk.planning_a_file import drawn_lines
from tus_dispatch.desk.travel import road_lines
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.legs import leg_id
from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.service import Moved
from tus_dispatch.domain.standing import BookingStatus
from tus_dispatch.domain.units import BookingId, LegId, Seconds
from tus_dispatch.errors import InputError
from tus_dispatch.formats.day_board_html import day_board_html
from tus_dispatch.formats.phone_list import phone_list_csv, phone_list_html
from tus_dispatch.planning.day_board import day_board
from tus_dispatch.planning.phone_list import phone_list
from tus_dispatch.planning.plan_changes import MOVED_MORE_THAN_S
from tus_dispatch.store import organisations, plans
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session

_SCHEDULED = {BookingStatus.SCHEDULED, BookingStatus.CONFIRMED}
# Two publications at once must not mix their files.
_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing did.

    Attributes
    ----------
    moved
        Whose pickup moves by more than ten minutes against the plan published
        before, or who is newly or no longer fetched.
    folder
        Where sheets, board and phone list are.
    notes
        French sentences about what is missing there.
    """

    moved: tuple[Moved, ...]
    folder: Path
    notes: tuple[str, ...] = ()


def publish(
    office: Office,
    actor: Actor,
    service_date: date,
    number: int,
    revision: int | None = None,
) -> Publication:
    """Publish the current version of a day's plan.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose hand.
    service_date, number
        Which version; it must be the current one.
    revision
        The day's revision that was looked at, or None.

    Returns
    -------
    Publication
        Kept whatever becomes of the folder.

    Raises
    ------
    NotFoundError
        When there is no such version.
    ConflictError
        When it is not the current one, when the day has changed so that it
        cannot be driven any more, or a vehicle or driver is needed twice.
    RefusedError
        When it breaks the law, with every rule it breaks.
    """
    organisation = actor.organisation
    with office.database.write() as session:
        day = day_now(session, organisation, service_date)
        plan = kept_plan(plans.load(session, organisation, service_date, number)).plan
        if day.pointer.current != number:
            raise conflicting("not-the-current-plan", "number", number)
        base = base_of(office, session, organisation, day)
        _expect_lawful_plan(base)
        expect_sound_base(base, service_date)
        before = _published(session, organisation, service_date, day.pointer.published)
        plans.publish(session, organisation, service_date, number, revision, actor=actor)
        _schedule(session, actor, service_date, plan)
    folder, notes = write_files(office, organisation, service_date, before)
    return Publication(() if before is None else moved_between(before, plan), folder, notes)


def moved_between(before: Plan, after: Plan) -> tuple[Moved, ...]:
    """Return whose pickup is another one than they may have heard of.

    Parameters
    ----------
    before, after
        Plans of one day.

    Returns
    -------
    tuple of Moved
        By the later of the two times; whoever does not ask any more is left
        out.
    """
    old, new = _pickups(before), _pickups(after)
    asked = {leg_id(each.id, way) for each in after.scenario.bookings for way in Direction}
    moved = [
        Moved(leg, old.get(leg), new.get(leg))
        for leg in {**old, **new}
        if leg in asked and _has_moved(old.get(leg), new.get(leg))
    ]
    return tuple(sorted(moved, key=lambda each: (each.after_s or each.before_s or 0, each.leg)))


def write_files(
    office: Office,
    organisation: OrganisationId,
    service_date: date,
    previous: Plan | None = None,
) -> tuple[Path, tuple[str, ...]]:
    """Write everything of the published plan into the folder of its day.

    Parameters
    ----------
    office
        Of the installation.
    organisation, service_date
        Which day.
    previous
        The plan published before, for what changed; None when nothing did.

    Returns
    -------
    folder : Path
        Of the day; only its owner may read it.
    notes : tuple of str
        French sentences about what is missing.

    Raises
    ------
    ConflictError
        When nothing is published.
    """
    folder = folder_of(office, organisation, service_date)
    with _writing:
        with office.database.read() as session:
            pointer = plans.pointer(session, organisation, service_date)
            if pointer.published is None:
                raise conflicting("no-plan", str(service_date), "rien")
            version = load_version(session, organisation, service_date, pointer.published)
            record = plans.load(session, organisation, service_date, pointer.published)
            half_width_s = organisations.load(session, organisation).value.promise_half_width_s
        plan, matrix = version.plan, kept_plan(record).matrix
        times = times_of(office, plan.scenario)
        lines, notes = drawn_lines(plan, times)
        contents = contents_of(plan, matrix, lines, road_lines(times))
        now_at = office.clock.now_at()
        board = day_board(
            plan, previous, half_width_s=half_width_s, number=version.number, published_at=now_at
        )
        calls = phone_list(plan, previous, half_width_s=half_width_s, published_at=now_at)
        papers: dict[str, str | bytes] = {
            "day-board.html": day_board_html(board),
            "phone-list.html": phone_list_html(calls),
            "phone-list.csv": phone_list_csv(calls),
        }
        try:
            folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_contents(papers | contents, folder, is_plan=True)
            folder.chmod(0o700)
        except (InputError, OSError):
            notes = (*notes, f"Les feuilles n’ont pas pu être écrites dans {folder.name}.")
    return folder, notes


def folder_of(office: Office, organisation: OrganisationId, service_date: date) -> Path:
    """Return the folder of a day's published papers."""
    return office.files / organisation / service_date.isoformat()


def _expect_lawful_plan(base: Base) -> None:
    broken = [each for each in base.violations if each.code.startswith(OF_THE_LAW)]
    if broken:
        raise RefusedError(tuple(Reason(each.code, each.rule, each.sentence) for each in broken))


def _published(
    session: Session, organisation: OrganisationId, service_date: date, number: int | None
) -> Plan | None:
    if number is None:
        return None
    return load_version(session, organisation, service_date, number).plan


def _schedule(session: Session, actor: Actor, service_date: date, plan: Plan) -> None:
    """Let every leg stand where the published plan has it."""
    served = {stop.leg for each in plan.rounds for stop in each.stops if stop.leg is not None}
    promised = {each.leg for each in plan.promises} & served
    for record in BOOKINGS.all(session, actor.organisation, service_date=service_date):
        legs = {way: leg_id(BookingId(record.id), way) for way in Direction}
        states = with_move(
            record.value.states, [way for way in legs if legs[way] in served], Move.SCHEDULE
        )
        # Who was told a time, and finds it in the plan, need not be called.
        told = [way for way in legs if legs[way] in promised]
        states = with_move(states, told, Move.CONFIRM)
        dropped = [
            each.direction
            for each in states
            if each.status in _SCHEDULED and legs[each.direction] not in served
        ]
        states = with_move(states, dropped, Move.RELEASE)
        if states != record.value.states:
            value = replace(record.value, states=states)
            BOOKINGS.change(
                session, actor.organisation, record.id, record.version, value, actor=actor
            )


def _pickups(plan: Plan) -> dict[LegId, Seconds]:
    return {
        stop.leg: stop.start_s
        for each in plan.rounds
        for stop in each.stops
        if stop.kind is StopKind.PICKUP and stop.leg is not None
    }


def _has_moved(before_s: Seconds | None, after_s: Seconds | None) -> bool:
    if before_s is None or after_s is None:
        return True
    return abs(after_s - before_s) > MOVED_MORE_THAN_S
