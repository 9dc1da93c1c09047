"""What the database itself refuses: two uses at once, and a changed past."""

from alembic import op

revision = "0005"
down_revision = "0004"

# Table, columns that say what is used.
_USES = (
    ("plan_use", ("organisation_id", "layer", "subject_kind", "subject_id")),
    ("vehicle_use", ("organisation_id", "vehicle_id")),
)
# Table, and when a row may be removed while retention clears the association.
_NEVER_CHANGED = (
    ("plan", "TRUE"),
    ("publication", "TRUE"),
    ("event", "OLD.stream = 'view'"),
    ("event_subject", "OLD.stream = 'view'"),
)
_GATE = "EXISTS (SELECT 1 FROM retention_gate WHERE organisation_id = OLD.organisation_id)"
# A publication is ended once; nothing else of it changes.
_ENDED_ONCE = (
    "OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL"
    " AND NEW.organisation_id = OLD.organisation_id AND NEW.id = OLD.id"
    " AND NEW.service_date = OLD.service_date AND NEW.number = OLD.number"
    " AND NEW.published_at = OLD.published_at"
)


def upgrade() -> None:
    """Make the triggers and constraints."""
    statements = _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgres()
    for statement in statements:
        op.execute(statement)


def _sqlite() -> list[str]:
    statements = []
    for table, columns in _USES:
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in columns)
        # After the change the row has its number, and is known from the others.
        overlap = (
            f"EXISTS (SELECT 1 FROM {table} AS other WHERE {same}"  # noqa: S608 - names from above
            " AND other.rowid <> NEW.rowid"
            " AND other.from_at < NEW.until_at AND other.until_at > NEW.from_at)"
        )
        statements += [
            _sqlite_trigger(table, "double_use", f"AFTER {change}", overlap, "double-use")
            for change in ("INSERT", "UPDATE")
        ]
    for table, removable in _NEVER_CHANGED:
        changed = f"NOT ({_ENDED_ONCE})" if table == "publication" else "TRUE"
        kept = f"NOT ({removable} AND {_GATE})"
        statements += [
            _sqlite_trigger(table, "never_changed", "BEFORE UPDATE", changed, "never-changed"),
            _sqlite_trigger(table, "never_removed", "BEFORE DELETE", kept, "never-changed"),
        ]
    return statements


def _sqlite_trigger(table: str, name: str, event: str, when: str, told: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{name}_{event.split()[1].lower()} {event} ON {table} "
        f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{told}'); END"
    )


def _postgres() -> list[str]:
    statements = []
    for table, columns in _USES:
        # A 64-bit hash stands for the texts, so that no extension is needed.
        texts = " || '|' || ".join(columns)
        one = f"hashtextextended({texts}, 0)"
        ranges = f"int8range({one}, {one}, '[]') WITH &&, int8range(from_at, until_at) WITH &&"
        exclude = f"EXCLUDE USING gist ({ranges})"
        statements.append(f"ALTER TABLE {table} ADD CONSTRAINT ex_{table}_double_use {exclude}")
    refusal = "RAISE EXCEPTION 'never-changed' USING ERRCODE = '23000';"
    statements.append(_postgres_function("tus_never_changed", refusal))
    for table, removable in _NEVER_CHANGED:
        changed = f"WHEN (NOT ({_ENDED_ONCE})) " if table == "publication" else ""
        removed = f"tus_{table}_never_removed"
        # The condition of a trigger cannot ask another table; its function can.
        body = f"IF {removable} AND {_GATE} THEN RETURN OLD; END IF; {refusal}"
        refuse = "EXECUTE FUNCTION tus_never_changed()"
        statements += [
            _postgres_function(removed, body),
            _postgres_trigger(table, "UPDATE", f"FOR EACH ROW {changed}{refuse}"),
            _postgres_trigger(table, "TRUNCATE", f"FOR EACH STATEMENT {refuse}"),
            _postgres_trigger(table, "DELETE", f"FOR EACH ROW EXECUTE FUNCTION {removed}()"),
        ]
    return statements


def _postgres_function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _postgres_trigger(table: str, event: str, what: str) -> str:
    return f"CREATE TRIGGER {table}_never_{event.lower()} BEFORE {event} ON {table} {what}"
