"""The date in an address, and the service day it stands for."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Path
from pydantic import TypeAdapter, ValidationError

from tus_dispatch.api.errors import ApiError, Told
from tus_dispatch.api.registers import code_of
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.errors import CODES
from tus_dispatch.formats.native.times import ServiceDate
from tus_dispatch.store import organisations
from tus_dispatch.store.session import Session

_DATE: TypeAdapter[date] = TypeAdapter(ServiceDate)
_PATTERN = "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def _service_date(
    date: Annotated[
        str,
        Path(
            description="Service day, from 04:00 to 04:00 local time.",
            examples=["2026-03-27"],
            json_schema_extra={"format": "date", "pattern": _PATTERN},
        ),
    ],
) -> date:
    """Read the date of an address."""
    try:
        return _DATE.validate_python(date)
    except ValidationError as error:
        code = code_of(CODES["unusable-date"].code)
        expected = "une date qui existe : 2026-03-28"
        told = Told(code, "La date de l’adresse est inutilisable.", "path:date", expected)
        raise ApiError(422, (told,)) from error


Dated = Annotated[date, Depends(_service_date)]


def service_day(session: Session, organisation: OrganisationId, on: date) -> ServiceDay:
    """Return a service day of an association.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose time zone.
    on
        Local date on which the day starts.

    Returns
    -------
    ServiceDay
        With its instants.
    """
    settings = organisations.load(session, organisation).value
    return ServiceDay(on, settings.territory.time_zone)
