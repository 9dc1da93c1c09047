"""The shape of every error: a problem document (RFC 9457) with code, field and advice."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from tus_dispatch.api.v1.schemas.base import Answer, IdText
from tus_dispatch.domain.demand import Direction

Number = Annotated[str, Field(pattern="^TUS-[1-5][0-9]{3}$", examples=["TUS-1042"])]
Pointer = Annotated[
    str | None,
    Field(
        description="JSON pointer into the body, or query:, path: or header: and a name.",
        examples=["/outward"],
    ),
]
_EXAMPLE: dict[str, Any] = {
    "type": "urn:tus-dispatch:leg-without-time",
    "title": "A leg has no time at all.",
    "status": 422,
    "code": "TUS-1042",
    "detail": "Reçu {2 clés}, attendu arrive_by, not_before ou un créneau.",
    "field": "/outward",
    "expected": "arrive_by, not_before ou un créneau",
    "advice": "Ajoutez une heure d’arrivée (arrive_by), de départ (not_before) ou un créneau.",
    "instance": "/v1/bookings",
    "request_id": "7f3kq2m5x8w4",
    "problems": [],
}


class Mistake(Answer):
    """One of the mistakes of a request."""

    code: Number
    detail: str
    field: Pointer
    expected: str | None
    advice: str


class LawfulTripAnswer(Answer):
    """A trip that the person may lawfully make instead; one end is a hub."""

    direction: Direction
    origin: IdText
    destination: IdText


class ProblemDocument(Mistake):
    """What every error answers; the first mistake stands at the top."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    type: Annotated[str, Field(description="A URN of the code's short name.")]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    instance: str
    request_id: str
    problems: list[Mistake]
    current: Annotated[
        dict[str, Any] | None, Field(description="With 412: the state as it is now.")
    ] = None
    alternatives: Annotated[
        list[LawfulTripAnswer] | None,
        Field(description="With a trip that is not lawful: what would be."),
    ] = None
