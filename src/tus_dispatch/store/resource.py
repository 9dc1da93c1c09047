"""Records of one kind: read, listed, added, changed and removed, each with its event."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import delete, func, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.record import Page, Record
from tus_dispatch.store import events
from tus_dispatch.store.codes import conflict, not_found, stale_version
from tus_dispatch.store.cursors import cursor_after, read_cursor
from tus_dispatch.store.days import bump
from tus_dispatch.store.ids import new_id
from tus_dispatch.store.kind import Kind
from tus_dispatch.store.refused import told
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import Kept, columns
from tus_dispatch.store.tables.people import PersonRow

_PERSON = columns(PersonRow)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the event about a change says."""

    what: str
    identity: str
    fields: dict[str, Any]
    data: dict[str, object]


class Resource(Generic[T]):
    """All records of one kind.

    Parameters
    ----------
    kind
        What is particular about it.
    """

    def __init__(self, kind: Kind[T, Any]) -> None:
        self.kind = kind

    def get(self, session: Session, organisation: OrganisationId, identity: str) -> Record[T]:
        """Return a record; NotFoundError when it is not this association's."""
        found = self.find(session, organisation, identity)
        if found is None:
            raise not_found(self.kind.word, identity)
        return found

    def find(
        self, session: Session, organisation: OrganisationId, identity: str
    ) -> Record[T] | None:
        """Return a record, or None."""
        return next(iter(self.many(session, organisation, [identity])), None)

    def many(
        self, session: Session, organisation: OrganisationId, identities: Iterable[str]
    ) -> tuple[Record[T], ...]:
        """Return those of some records that are there, in the order of the list."""
        return self._read(session, organisation, self._table.id.in_(list(identities)))

    def all(
        self, session: Session, organisation: OrganisationId, **filters: object
    ) -> tuple[Record[T], ...]:
        """Return every record that passes the filters, oldest first."""
        return self._read(session, organisation, *self._conditions(filters))

    def count(self, session: Session, organisation: OrganisationId, **filters: object) -> int:
        """Return how many records pass the filters."""
        query = (
            select(func.count())
            .select_from(self._table)
            .where(self._table.organisation_id == organisation, *self._conditions(filters))
        )
        return session.scalars(query).one()

    def page(
        self,
        session: Session,
        organisation: OrganisationId,
        *,
        after: str | None = None,
        limit: int = 50,
        **filters: object,
    ) -> Page[T]:
        """Return a part of the list.

        Parameters
        ----------
        session, organisation
            Whose records.
        after
            Cursor of the page before, or None for the first page.
        limit
            At most so many records.
        **filters
            Those of the kind; None leaves one out.

        Returns
        -------
        Page
            Oldest first.

        Raises
        ------
        InputError
            When the cursor is none.
        """
        conditions = self._conditions(filters)
        if after is not None:
            position = tuple_(self._table.created_at, self._table.id)
            conditions.append(position > read_cursor(after))
        records = self._read(session, organisation, *conditions, limit=limit + 1)
        if len(records) <= limit:
            return Page(records)
        last = records[limit - 1]
        return Page(records[:limit], cursor_after(last.created_at, last.id))

    def add(
        self, session: Session, organisation: OrganisationId, value: T, *, actor: Actor | None
    ) -> Record[T]:
        """Keep a new value.

        Parameters
        ----------
        session
            Of a write.
        organisation
            Whose it will be.
        value
            Any identity of its own is replaced by a new one.
        actor
            Whose hand; None for the service.

        Returns
        -------
        Record
            Version 1.

        Raises
        ------
        ConflictError
            When it names what is not there, or excludes what is.
        """
        now = session.clock.now_at()
        identity = new_id(self.kind.prefix)
        keys = {"organisation_id": organisation, "id": identity}
        fields = self.kind.fields(value)
        kept = {"version": 1, "created_at": now, "changed_at": now}
        if self.kind.person is not None:
            self._do(session, insert(PersonRow).values(keys | self.kind.person(value)))
        self._do(session, insert(self._table).values(keys | kept | fields))
        bump(session, organisation, self.kind.days(session, organisation, value))
        told_of = _Told("added", identity, fields, {"version": 1})
        self._tell(session, organisation, actor, told_of)
        return self.get(session, organisation, identity)

    def change(
        self,
        session: Session,
        organisation: OrganisationId,
        identity: str,
        version: int,
        value: T,
        *,
        actor: Actor | None,
    ) -> Record[T]:
        """Replace the value of a record that nobody changed since it was read.

        Parameters
        ----------
        session
            Of a write.
        organisation, identity
            Which record.
        version
            The one that was read.
        value
            As it shall be.
        actor
            Whose hand; None for the service.

        Returns
        -------
        Record
            One version further.

        Raises
        ------
        NotFoundError
            When it is not there.
        StaleVersionError
            When it was changed meanwhile; holds the current record.
        ConflictError
            When it names what is not there, is erased, or excludes what is.
        """
        before = self._expect(session, organisation, identity, version)
        old, fields = self.kind.fields(before.value), self.kind.fields(value)
        changed = sorted(name for name in fields if fields[name] != old[name])
        if self.kind.person is not None:
            changed += self._change_person(session, organisation, before, value)
        result = self._do(
            session,
            update(self._table)
            .where(
                self._table.organisation_id == organisation,
                self._table.id == identity,
                self._table.version == version,
            )
            .values(fields | {"version": version + 1, "changed_at": session.clock.now_at()})
            .execution_options(synchronize_session=False),
        )
        if result.rowcount != 1:
            raise self._stale(session, organisation, identity, version)
        if set(changed) & set(fields) - self.kind.unplanned:
            touched = [
                self.kind.days(session, organisation, each) for each in (before.value, value)
            ]
            for days in dict.fromkeys(touched):
                bump(session, organisation, days)
        data = {"version": version + 1, "changed": changed}
        self._tell(session, organisation, actor, _Told("changed", identity, fields, data))
        return self.get(session, organisation, identity)

    def remove(
        self,
        session: Session,
        organisation: OrganisationId,
        identity: str,
        version: int,
        *,
        actor: Actor | None,
    ) -> None:
        """Remove a record that nobody changed since it was read, and that nothing needs.

        Parameters
        ----------
        session
            Of a write.
        organisation, identity
            Which record.
        version
            The one that was read.
        actor
            Whose hand; None for the service.

        Raises
        ------
        NotFoundError
            When it is not there.
        StaleVersionError
            When it was changed meanwhile; holds the current record.
        ConflictError
            When something else still names it.
        """
        before = self._expect(session, organisation, identity, version)
        tables: list[type[Any]] = [self._table]
        if self.kind.person is not None:
            tables.append(PersonRow)
        for table in tables:
            statement = (
                delete(table)
                .where(table.organisation_id == organisation, table.id == identity)
                .execution_options(synchronize_session=False)
            )
            self._do(session, statement, in_use=identity)
        bump(session, organisation, self.kind.days(session, organisation, before.value))
        fields = self.kind.fields(before.value)
        told_of = _Told("removed", identity, fields, {"version": version})
        self._tell(session, organisation, actor, told_of)

    @property
    def _table(self) -> Any:
        return self.kind.table

    def _conditions(self, filters: dict[str, object]) -> list[Any]:
        unknown = filters.keys() - self.kind.filters.keys()
        if unknown:
            raise TypeError(f"{self.kind.word} has no filter {', '.join(sorted(unknown))}")
        chosen = [
            self.kind.filters[name](value) for name, value in filters.items() if value is not None
        ]
        return [*self.kind.listed, *chosen]

    def _read(
        self,
        session: Session,
        organisation: OrganisationId,
        *conditions: Any,
        limit: int | None = None,
    ) -> tuple[Record[T], ...]:
        query = (
            select(self._table)
            .where(self._table.organisation_id == organisation, *conditions)
            .order_by(self._table.created_at, self._table.id)
            .limit(limit)
            .execution_options(populate_existing=True)
        )
        rows: list[Kept] = list(session.scalars(query))
        people = self._people(session, organisation, rows)
        return tuple(
            Record(
                row.id,
                row.version,
                self._value(row, people),
                row.created_at,
                row.changed_at,
            )
            for row in rows
        )

    def _value(self, row: Kept, people: dict[str, PersonRow]) -> T:
        return self.kind.of(row) if self.kind.person is None else self.kind.of(row, people[row.id])

    def _people(
        self, session: Session, organisation: OrganisationId, rows: list[Kept]
    ) -> dict[str, PersonRow]:
        if self.kind.person is None or not rows:
            return {}
        query = (
            select(PersonRow)
            .where(
                _PERSON.organisation_id == organisation,
                _PERSON.id.in_([row.id for row in rows]),
            )
            .execution_options(populate_existing=True)
        )
        return {person.id: person for person in session.scalars(query)}

    def _expect(
        self, session: Session, organisation: OrganisationId, identity: str, version: int
    ) -> Record[T]:
        found = self.get(session, organisation, identity)
        if found.version != version:
            raise self._stale(session, organisation, identity, version)
        return found

    def _stale(
        self, session: Session, organisation: OrganisationId, identity: str, version: int
    ) -> Exception:
        current = self.get(session, organisation, identity)
        return stale_version(self.kind.word, version, current, current.version)

    def _change_person(
        self, session: Session, organisation: OrganisationId, before: Record[T], value: T
    ) -> list[str]:
        person = self.kind.person
        if person is None:
            return []
        old, new = person(before.value), person(value)
        result = self._do(
            session,
            update(PersonRow)
            .where(
                _PERSON.organisation_id == organisation,
                _PERSON.id == before.id,
                _PERSON.erased_at.is_(None),
            )
            .values(new)
            .execution_options(synchronize_session=False),
        )
        if result.rowcount != 1:
            raise conflict("erased", self.kind.word, before.id, "une personne non effacée")
        return sorted(name for name in new if new[name] != old[name])

    def _tell(
        self,
        session: Session,
        organisation: OrganisationId,
        actor: Actor | None,
        change: "_Told",
    ) -> None:
        named = [change.fields[name] for name in self.kind.subjects if change.fields[name]]
        kind, subjects = f"{self.kind.word}.{change.what}", [change.identity, *named]
        events.record(session, organisation, kind, actor, subjects, change.data)

    def _do(self, session: Session, statement: Any, in_use: str | None = None) -> Any:
        try:
            return session.execute(statement)
        except IntegrityError as error:
            if in_use is not None:
                raise conflict(
                    "in-use", self.kind.word, in_use, "une fiche dont rien ne dépend"
                ) from error
            refusal = told(error)
            if refusal is None:
                raise
            raise refusal from error
