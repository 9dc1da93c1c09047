"""Every table, known to one set of metadata."""

from sqlalchemy import MetaData

from tus_dispatch.store.tables import access, daytime, demand, fleet, people, plans, watch, work
from tus_dispatch.store.tables.base import Table

_FILES = (access, daytime, demand, fleet, people, plans, watch, work)


def metadata() -> MetaData:
    """Return the metadata of all tables.

    Returns
    -------
    MetaData
        Complete, because every file of tables is imported here.
    """
    return Table.metadata
