"""Accounts: who may sign in, and new passwords after a lock or a loss."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import failure
from tus_dispatch.api.etags import etag, expected_version
from tus_dispatch.api.idempotency import once_of
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import (
    Body,
    Identity,
    KeptKind,
    Reference,
    expect_references,
    stale_as_view,
    view,
    within,
)
from tus_dispatch.api.v1.kept_routes import add_reading
from tus_dispatch.api.v1.lists import DRIVERS
from tus_dispatch.api.v1.schemas.doors import (
    AccountAnswer,
    AccountBody,
    NewAccountAnswer,
    account_data,
)
from tus_dispatch.desk import accounts, second_factor
from tus_dispatch.desk.tokens import derived_code, derived_secret, derived_token
from tus_dispatch.domain.organisation import Account, Actor, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.store import resources
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "accounts"
# Whoever looks after people does not hand out the keys to the logs and the settings.
_ABOVE = {Role.ADMIN, Role.AUDITOR}
