"""Solves wait in a queue of its own; the database remembers them if the queue is lost."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import text

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.store import jobs
from tus_dispatch.store.session import Database

Handler = Callable[[OrganisationId, str], bool]

_NAME = "tus"
_SCHEMA = "tus_queue"
_IDLE_S = 0.2
_AGAIN_S = 1.0
_SILENT_S = 120


class SolveQueue:
    """Hands solves to workers, in the order they were asked for.

    It holds identities only. Losing it loses nothing: :meth:`refill` asks the
    database what is unfinished.

    Parameters
    ----------
    huey
        The queue behind it.
    """

    def __init__(self, huey: Huey) -> None:
        self._huey = huey
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def put(self, organisation: OrganisationId, job: str) -> None:
        """Add a solve; called after its row is committed.

        Parameters
        ----------
        organisation, job
            Which solve.
        """
        self._huey.storage.enqueue(self._huey.serializer.serialize(_message(organisation, job)))

    def refill(self, database: Database) -> int:
        """Add what the database holds as unfinished, after a start.

        Parameters
        ----------
        database
            Where solves are kept. What was running was cut off, and is put
            back to be begun again; on PostgreSQL, where another worker may be
            at it, only what has not been heard of for two minutes.

        Returns
        -------
        int
            Solves added.
        """
        self._huey.storage.flush_queue()
        silent_s = 0 if database.path is not None else _SILENT_S
        with database.write() as session:
            silent_since = session.clock.now_at() - silent_s
            found = [
                (organisation, job)
                for organisation, job in jobs.unfinished(session)
                if job.heartbeat_at is None or job.heartbeat_at <= silent_since
            ]
            for organisation, job in found:
                jobs.queue_again(session, organisation, job.id)
        for organisation, job in found:
            self.put(organisation, job.id)
        return len(found)

    def waiting(self) -> int:
        """Return how many solves are in the queue."""
        return int(self._huey.storage.queue_size())

    def start(self, handler: Handler, n_workers: int = 1) -> None:
        """Work in threads of this process until :meth:`stop`.

        Parameters
        ----------
        handler
            Does one solve; False asks to be called again a little later,
            because another solve must end first.
        n_workers
            Solves at once, of different associations.
        """
        self._stop.clear()
        self._threads = [
            threading.Thread(target=self.work, args=(handler,), name=f"solve-{k}", daemon=True)
            for k in range(n_workers)
        ]
        for thread in self._threads:
            thread.start()

    def ask_to_stop(self) -> None:
        """Let each worker end what it does; fit for a handler of signals."""
        self._stop.set()

    def stop(self) -> None:
        """Let each worker end what it does, and wait for it."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._threads = []
        self._huey.storage.close()

    def work(self, handler: Handler) -> None:
        """Work in this thread until :meth:`stop` is called from another.

        Parameters
        ----------
        handler
            As for :meth:`start`.
        """
        try:
            while not self._stop.is_set():
                data = self._huey.storage.dequeue()
                if data is None:
                    self._stop.wait(_IDLE_S)
                    continue
                message = self._huey.serializer.deserialize(bytes(data))
                organisation, job = OrganisationId(message.args[0]), str(message.args[1])
                if not handler(organisation, job):
                    self._stop.wait(_AGAIN_S)
                    self.put(organisation, job)
        finally:
            self._huey.storage.close()


class _JsonSerializer(Serializer):  # type: ignore[misc]
    """Writes two identities as JSON: reading them back can run nothing."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps({"id": data.id, "name": data.name, "args": data.args}).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(**json.loads(data))


def open_queue(database: Database, folder: Path) -> SolveQueue:
    """Open the queue that belongs to a database.

    Parameters
    ----------
    database
        On SQLite the queue is a file of its own; on PostgreSQL it has a schema
        of its own, so that workers may run on other machines.
    folder
        Where the file goes.

    Returns
    -------
    SolveQueue
        Shared by all threads.
    """
    shared: dict[str, Any] = {"results": False, "serializer": _JsonSerializer()}
    if database.path is not None:
        return SolveQueue(SqliteHuey(_NAME, filename=str(folder / "queue.db"), **shared))
    with database.writer.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))
    return SolveQueue(PostgresHuey(_NAME, connection=_connector(database), **shared))


def _connector(database: Database) -> Callable[[], Any]:
    dialect = database.writer.dialect
    words, options = dialect.create_connect_args(database.writer.url)

    def connect() -> Any:
        # The driver comes with PostgreSQL only, so the engine hands it out.
        driver: Any = dialect.dbapi
        return driver.connect(*words, **options, options=f"-c search_path={_SCHEMA}")

    return connect


def _message(organisation: str, job: str) -> Message:
    return Message(id=job, name="solve", args=[organisation, job])
