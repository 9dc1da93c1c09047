"""Participants: a prescriber makes one together with the referral that opens it to them."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import failure
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of
from tus_dispatch.api.v1.kept import (
    Body,
    expect_references,
    expect_writable,
    made_of,
    within,
)
from tus_dispatch.api.v1.kept_routes import add_changing, add_reading
from tus_dispatch.api.v1.lists import PARTICIPANTS
from tus_dispatch.api.v1.schemas.people import NewParticipantBody, ParticipantAnswer
from tus_dispatch.domain.demand import Participant, Referral
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import KeptReferral
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.store import resources
from tus_dispatch.store.session import Session

router = APIRouter()
add_reading(router, PARTICIPANTS)


@router.post(
    "/v1/participants",
    **operation(
        "participants",
        "New: participant",
        answer=ParticipantAnswer,
        status=201,
        body=NewParticipantBody,
        errors=[404],
        creates=True,
    ),
)
def make(request: Request, body: Body) -> Response:
    """Make a participant, with a referral where one is given; a prescriber must give one."""
    read_query(request, Query)
    actor = actor_of(request)
    expect_writable(PARTICIPANTS, actor, body)
    asked = read_shape(NewParticipantBody, body)
    if actor.role is Role.PRESCRIBER and asked.referral is None:
        detail = "La fiche doit être créée avec une orientation (referral)."
        raise failure("referral-missing", detail, "/referral", "les dates de l’orientation")
    if asked.referral is not None and actor.role is Role.DISPATCHER:
        detail = "Le champ « referral » n’est pas ouvert à votre rôle."
        raise failure("field-not-yours", detail, "/referral")
    value = asked.to_domain()

    def work(session: Session, actor: Actor) -> Made:
        expect_references(PARTICIPANTS, session, actor, value)
        record = resources.PARTICIPANTS.add(session, actor.organisation, value, actor=actor)
        if asked.referral is not None:
            referral = asked.referral.to_domain(actor.prescriber)
            _refer(session, actor, record, referral)
        return made_of(PARTICIPANTS, actor, record)

    def again(session: Session, actor: Actor, identity: str) -> Made:
        return made_of(PARTICIPANTS, actor, within(PARTICIPANTS, session, actor, identity))

    return make_once(request, body, work, again)


add_changing(router, PARTICIPANTS)


def _refer(session: Session, actor: Actor, record: Record[Participant], referral: Referral) -> None:
    kept = KeptReferral(ParticipantId(record.id), referral)
    resources.REFERRALS.add(session, actor.organisation, kept, actor=actor)
