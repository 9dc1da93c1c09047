"""Nobody passes without a session, a token or a public route, nor beyond their role."""

from urllib.parse import urlsplit

from fastapi import Request

from tus_dispatch.api.errors import ApiError, failure
from tus_dispatch.api.services import Services, services_of
from tus_dispatch.desk import entering
from tus_dispatch.desk.access import ForbiddenError, access_of, expect_allowed
from tus_dispatch.desk.entering import Entry

# Browsers keep a cookie of this name to this host and to https.
SECURE_COOKIE = "__Host-tus"
# Plain http is for loopback alone, where there is no name to protect.
LOOPBACK_COOKIE = "tus"
_SAFE = {"GET", "HEAD", "OPTIONS"}


def guard(request: Request) -> None:
    """Let a request pass, or not; the caller stands in ``request.state`` then.

    Parameters
    ----------
    request
        What came in.

    Raises
    ------
    ApiError
        401 without a valid session or token, 403 beyond the role, the scope
        or from another site.
    """
    access = access_of(request.method, request.scope["route"].path)
    if access.is_public:
        return
    token, is_cookie = token_of(request)
    entry = None if token is None else _entry_of(services_of(request), token)
    if entry is None:
        raise not_signed_in()
    if is_cookie and request.method not in _SAFE:
        expect_own_site(request)
    actor = entry.actor
    request.state.actor, request.state.entry = actor, entry
    request.state.role = actor.role.value
    try:
        expect_allowed(access, actor)
    except ForbiddenError as error:
        raise failure("not-allowed", "Votre rôle ne permet pas cette action.") from error


def token_of(request: Request) -> tuple[str | None, bool]:
    """Return the word a caller brings, and whether a browser sent it by itself.

    Parameters
    ----------
    request
        With its headers.

    Returns
    -------
    token : str or None
        From the Authorization header, else from the cookie.
    is_cookie : bool
        Whether it is from the cookie.
    """
    kind, _, word = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and word.strip():
        return word.strip(), False
    name = SECURE_COOKIE if request.url.scheme == "https" else LOOPBACK_COOKIE
    return request.cookies.get(name), True


def expect_own_site(request: Request) -> None:
    """Refuse a change that a page of another site sends with the caller's cookie.

    Parameters
    ----------
    request
        A change with a cookie.

    Raises
    ------
    ApiError
        403 unless the browser says it comes from here.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        is_own = site in {"same-origin", "none"}
    else:
        is_own = origin is not None and urlsplit(origin).netloc == request.url.netloc
    if not is_own:
        raise failure("other-site", "La demande ne vient pas des pages de ce service.")


def not_signed_in() -> ApiError:
    """Make the 401 that says no more than that.

    Returns
    -------
    ApiError
        To be raised.
    """
    headers = {"WWW-Authenticate": "Bearer"}
    return failure("not-signed-in", "Aucune session valable.", headers=headers)


def entry_of(request: Request) -> Entry:
    """Return by which door the caller came in.

    Parameters
    ----------
    request
        That the guard has let pass.

    Returns
    -------
    Entry
        Session, token or link.
    """
    entry: Entry = request.state.entry
    return entry


def _entry_of(services: Services, token: str) -> Entry | None:
    return entering.enter(services.database, token)
