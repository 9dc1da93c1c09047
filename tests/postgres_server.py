"""A PostgreSQL server for one run of the tests, with a fresh database for whoever asks."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

from tus_dispatch.store.tables.all_tables import metadata

# It has wheels for some versions of Python only; where it is absent, what is
# said of both databases is tried on SQLite.
HAS_POSTGRES = find_spec("pgserver") is not None
KINDS = ("sqlite", "postgresql") if HAS_POSTGRES else ("sqlite",)


class Server:
    """A running server.

    Attributes
    ----------
    address
        Of its first database.
    """

    def __init__(self, address: str) -> None:
        self.address = address.replace("postgresql://", "postgresql+psycopg://", 1)

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        name = f"test_{uuid4().hex}"
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.address.replace("/postgres?", f"/{name}?", 1)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder of its own, and stop it in the end."""
    with warnings.catch_warnings():
        # It asks for a folder of the session, which a machine without one lacks.
        warnings.simplefilter("ignore")
        from pgserver.postgres_server import get_server

    # Started by root, the server works as a user of its own, who must get there.
    folder = Path(tempfile.mkdtemp(prefix="tus-postgres-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        server = get_server(folder / "data", cleanup_mode="stop")
        try:
            # No test cuts its power, and syncing takes most of the time.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            yield Server(server.get_uri())
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def empty(url: str) -> None:
    """Remove every row of a database, guarded or not, and its queue."""
    names = ", ".join(table.name for table in metadata().sorted_tables)
    engine = create_engine(url)
    with engine.begin() as connection:
        # Guards hold for everybody but a replica.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {names}"))
        connection.execute(text("DROP SCHEMA IF EXISTS tus_queue CASCADE"))
    engine.dispose()
