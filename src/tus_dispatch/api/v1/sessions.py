"""Signing in and out."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import nothing
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import ApiError, failure
from tus_dispatch.api.guard import LOOPBACK_COOKIE, SECURE_COOKIE, entry_of
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import services_of
from tus_dispatch.api.v1.kept import Body
from tus_dispatch.api.v1.schemas.base import utc_text
from tus_dispatch.api.v1.schemas.doors import PasswordBody, SessionAnswer, SignInBody
from tus_dispatch.desk import accounts
from tus_dispatch.desk.accounts import (
    SecondFactorNeededError,
    TooOftenError,
    WeakPasswordError,
    WrongCredentialsError,
)
from tus_dispatch.desk.entering import Door, Entry
from tus_dispatch.desk.entering import sign_out as sign_out_of
from tus_dispatch.store.resources import ACCOUNTS

router = APIRouter()
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_TAG = "sessions"


@router.post(
    "/v1/sessions",
    **operation(
        _TAG, "Sign in", answer=SessionAnswer, status=201, body=SignInBody, errors=[429, 503]
    ),
)
def sign_in(request: Request, body: Body) -> Response:
    """Open a session by login, password and, where asked for, a code from the phone."""
    read_query(request, Query)
    asked = read_shape(SignInBody, body)
    expect_safe_cookie(request, is_bearer=asked.bearer)
    services = services_of(request)
    try:
        opened = accounts.sign_in(services.database, asked.login, asked.password, asked.code)
    except WrongCredentialsError as error:
        raise failure("wrong-credentials", "La connexion a échoué.") from error
    except SecondFactorNeededError as error:
        raise failure("second-factor-needed", "Un code est nécessaire.", "/code") from error
    except TooOftenError as error:
        raise too_often(error) from error
    account = opened.account.value
    data = {
        "account": opened.account.id,
        "display_name": account.display_name,
        "role": account.role.value,
        "scopes": None,
        "service_date": None,
        "shift": None,
        "expires_at": utc_text(opened.expires_at),
        "token": opened.token if asked.bearer else None,
    }
    response = JSONResponse(data, 201)
    if not asked.bearer:
        set_cookie(request, response, opened.token, opened.expires_at - services.now_at())
    return response


@router.get("/v1/sessions/current", **operation(_TAG, "Who am I", answer=SessionAnswer))
def current(request: Request) -> Response:
    """Tell who the caller is."""
    read_query(request, Query)
    return JSONResponse(_session_data(request, entry_of(request)))


@router.delete("/v1/sessions/current", **operation(_TAG, "Sign out", status=204, errors=[503]))
def sign_out(request: Request) -> Response:
    """End the session; a driver's link ends with it."""
    read_query(request, Query)
    sign_out_of(services_of(request).database, entry_of(request))
    response = nothing()
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@router.post(
    "/v1/sessions/password",
    **operation(_TAG, "New password", status=204, body=PasswordBody, errors=[429, 503]),
)
def change_password(request: Request, body: Body) -> Response:
    """Change the own password; every session of the account ends."""
    read_query(request, Query)
    asked, entry = read_shape(PasswordBody, body), entry_of(request)
    if entry.door is not Door.SESSION or entry.actor.account is None:
        raise failure("not-allowed", "Seule une personne connectée change son mot de passe.")
    services, actor = services_of(request), entry.actor
    with services.database.read() as session:
        record = ACCOUNTS.get(session, actor.organisation, entry.actor.account)
    try:
        accounts.expect_password(services.database, actor.organisation, record, asked.current)
        with services.database.write() as session:
            accounts.set_password(session, actor.organisation, record, asked.new)
    except WrongCredentialsError as error:
        raise failure(
            "wrong-credentials", "Le mot de passe actuel est faux.", "/current"
        ) from error
    except TooOftenError as error:
        raise too_often(error) from error
    except WeakPasswordError as error:
        detail = "Ce mot de passe se devine trop facilement."
        raise failure("weak-password", detail, "/new", error.expected) from error
    return nothing()


def too_often(error: TooOftenError) -> ApiError:
    """Make the 429 that says how long to wait.

    Parameters
    ----------
    error
        With the seconds.

    Returns
    -------
    ApiError
        To be raised.
    """
    detail = "Trop de tentatives ont échoué."
    return failure("too-often", detail, headers={"Retry-After": str(error.wait_s)})


def expect_safe_cookie(request: Request, *, is_bearer: bool) -> None:
    """Refuse to give a browser its session over plain http from another machine.

    Parameters
    ----------
    request
        Of whoever signs in.
    is_bearer
        Whether no cookie is asked for.

    Raises
    ------
    ApiError
        403.
    """
    is_safe = request.url.scheme == "https" or request.url.hostname in _LOOPBACK
    if not is_bearer and not is_safe:
        raise failure("insecure-address", "La connexion ne serait pas protégée.")


def set_cookie(request: Request, response: Response, token: str, lasts_s: int) -> None:
    """Give a browser its session.

    Parameters
    ----------
    request, response
        What came in and goes out.
    token
        Of the session.
    lasts_s
        Seconds.
    """
    is_secure = request.url.scheme == "https"
    response.set_cookie(
        SECURE_COOKIE if is_secure else LOOPBACK_COOKIE,
        token,
        max_age=lasts_s,
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )


def _session_data(request: Request, entry: Entry) -> dict[str, Any]:
    actor, name = entry.actor, ""
    if actor.account is not None:
        with services_of(request).database.read() as session:
            name = ACCOUNTS.get(session, actor.organisation, actor.account).value.display_name
    return {
        "account": actor.account,
        "display_name": name,
        "role": actor.role.value,
        "scopes": None if actor.scopes is None else list(actor.scopes),
        "service_date": None if actor.service_date is None else actor.service_date.isoformat(),
        "shift": actor.shift,
        "expires_at": None if entry.expires_at is None else utc_text(entry.expires_at),
    }
