"""Participants, and the referrals that let them travel."""

from dataclasses import asdict
from datetime import date
from typing import Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import Answer, Day, DayText, IdText, Kept
from tus_dispatch.domain.demand import Eligibility, EligibilityGround, Participant, Referral
from tus_dispatch.domain.roster import KeptReferral
from tus_dispatch.domain.units import DriverId, ParticipantId
from tus_dispatch.formats.native.demand import EligibilityShape
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.setting import RideLimitShape
from tus_dispatch.formats.native.shape import Duration, Few, Shape, domain_of
from tus_dispatch.formats.native.texts import Id, Name, Note, Text, Words

_ORDER = "une date de fin qui ne précède pas la date de début"
_PARTICIPANT: dict[str, Any] = {
    "first_name": "Awa",
    "last_name": "Example",
    "phone": "06 39 98 56 78",
    "wheelchair": False,
    "note": "Sonner deux fois.",
}
_REFERRAL: dict[str, Any] = {
    "participant": "prt_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "starts_on": "2026-01-05",
    "expires_on": "2026-06-30",
    "prescriber": "Mission locale",
}


def _expect_order(starts_on: date, expires_on: date | None) -> None:
    if expires_on is not None and expires_on < starts_on:
        raise refusal("inverted-window", _ORDER)


class EligibilityBody(EligibilityShape):
    """The outcome of an eligibility check, without its evidence."""

    checked_on: Day | None = None
    expires_on: Day | None = None


class OwnReferralBody(Shape):
    """The days a prescriber refers somebody for."""

    starts_on: Day
    expires_on: Day | None = None

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        _expect_order(self.starts_on, self.expires_on)
        return self

    def to_domain(self, prescriber: str | None) -> Referral:
        """Return the referral.

        Parameters
        ----------
        prescriber
            Who refers.

        Returns
        -------
        Referral
            On that behalf.
        """
        return Referral(self.starts_on, self.expires_on, prescriber)


class ParticipantBody(Shape):
    """A person carried, with what the ride must respect; never a diagnosis."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PARTICIPANT]})

    first_name: Name = ""
    last_name: Name = ""
    phone: Text | None = None
    boarding_s: Duration = 120
    alighting_s: Duration = 60
    wheelchair: bool = False
    companions: Few = 0
    child_seats: Few = 0
    ride_limit: RideLimitShape | None = None
    eligibility: EligibilityBody | None = None
    never_with: list[Id] = Field(default_factory=list, max_length=1000)
    regular_driver: Id | None = None
    requires: Words = Field(default_factory=list)
    note: Note | None = None

    def to_domain(self) -> Participant:
        """Return the participant; the identity is given when it is kept."""
        return Participant(
            id=ParticipantId(""),
            first_name=self.first_name,
            last_name=self.last_name,
            phone=self.phone,
            boarding_s=self.boarding_s,
            alighting_s=self.alighting_s,
            wheelchair=self.wheelchair,
            companions=self.companions,
            child_seats=self.child_seats,
            ride_limit=domain_of(self.ride_limit),
            eligibility=domain_of(self.eligibility),
            never_with=tuple(ParticipantId(each) for each in self.never_with),
            regular_driver=None if self.regular_driver is None else DriverId(self.regular_driver),
            requires=tuple(self.requires),
            note=self.note,
        )


class NewParticipantBody(ParticipantBody):
    """A participant, and the referral that a prescriber makes with it."""

    referral: OwnReferralBody | None = None


class ReferralBody(Shape):
    """A referral; a prescriber always refers on the own behalf."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REFERRAL]})

    participant: Id
    starts_on: Day
    expires_on: Day | None = None
    prescriber: Text | None = None

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        _expect_order(self.starts_on, self.expires_on)
        return self

    def to_domain(self) -> KeptReferral:
        """Return the referral with its participant."""
        referral = Referral(self.starts_on, self.expires_on, self.prescriber)
        return KeptReferral(ParticipantId(self.participant), referral)


class RideLimitAnswer(Answer):
    """The detour allowed."""

    ratio_percent: int
    constant_s: int
    minimum_s: int
    cap_s: int


class EligibilityAnswer(Answer):
    """The outcome of an eligibility check."""

    ground: EligibilityGround
    checked_on: DayText | None
    expires_on: DayText | None
    checked_by: str | None


class ParticipantAnswer(Kept):
    """A participant as kept; fields outside the caller's role are absent."""

    first_name: str
    last_name: str
    phone: str | None
    boarding_s: int
    alighting_s: int
    wheelchair: bool
    companions: int
    child_seats: int
    ride_limit: RideLimitAnswer | None = None
    eligibility: EligibilityAnswer | None = None
    never_with: list[IdText] = Field(default_factory=list)
    regular_driver: IdText | None = None
    requires: list[str]
    note: str | None


class ReferralAnswer(Kept):
    """A referral as kept; the prescriber is absent where the role may not know."""

    participant: IdText
    starts_on: DayText
    expires_on: DayText | None
    prescriber: str | None = None


def participant_data(participant: Participant) -> dict[str, Any]:
    """Write a participant as the fields of the body.

    Parameters
    ----------
    participant
        Somebody.

    Returns
    -------
    dict
        What ``ParticipantBody`` reads back.
    """
    limit, eligibility = participant.ride_limit, participant.eligibility
    return {
        "first_name": participant.first_name,
        "last_name": participant.last_name,
        "phone": participant.phone,
        "boarding_s": participant.boarding_s,
        "alighting_s": participant.alighting_s,
        "wheelchair": participant.wheelchair,
        "companions": participant.companions,
        "child_seats": participant.child_seats,
        "ride_limit": None if limit is None else asdict(limit),
        "eligibility": None if eligibility is None else _eligibility_data(eligibility),
        "never_with": list(participant.never_with),
        "regular_driver": participant.regular_driver,
        "requires": list(participant.requires),
        "note": participant.note,
    }


def referral_data(kept: KeptReferral) -> dict[str, Any]:
    """Write a referral as the fields of its body.

    Parameters
    ----------
    kept
        A referral with its participant.

    Returns
    -------
    dict
        What ``ReferralBody`` reads back.
    """
    referral = kept.referral
    expires_on = referral.expires_on
    return {
        "participant": kept.participant,
        "starts_on": referral.starts_on.isoformat(),
        "expires_on": None if expires_on is None else expires_on.isoformat(),
        "prescriber": referral.prescriber,
    }


def _eligibility_data(eligibility: Eligibility) -> dict[str, Any]:
    checked_on, expires_on = eligibility.checked_on, eligibility.expires_on
    return {
        "ground": eligibility.ground.value,
        "checked_by": eligibility.checked_by,
        "checked_on": None if checked_on is None else checked_on.isoformat(),
        "expires_on": None if expires_on is None else expires_on.isoformat(),
    }
