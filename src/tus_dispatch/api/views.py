"""Who looked at whom is noted, even where nothing can be written at the moment."""

import logging
from collections.abc import Iterable

from fastapi import Request

from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.errors import ReadOnlyError
from tus_dispatch.store import events

LOG = logging.getLogger("tus_dispatch.views")


def note_views(request: Request, subjects: Iterable[str], what: str = "record") -> None:
    """Note that the caller has seen people.

    Parameters
    ----------
    request
        Of whoever looks.
    subjects
        Identities of those seen.
    what
        What was seen of them: ``record``, ``sheet``, ``export``.
    """
    seen, services, actor = dict.fromkeys(subjects), services_of(request), actor_of(request)
    if not seen:
        return
    try:
        with services.database.write() as session:
            for subject in seen:
                events.record_view(session, actor.organisation, actor, subject, what)
    except ReadOnlyError:
        # Reading goes on when the disk is full; then the log is all there is.
        name = events.name_of(actor)
        for subject in seen:
            LOG.warning("view not kept: %s saw %s of %s", name, what, subject)
