"""The page that shows who may call which route, and who sees which field."""

from collections.abc import Iterator

from tus_dispatch.desk.access import ACCESS, FIELDS, Access
from tus_dispatch.domain.organisation import Role

_ABOUT = """\
# Who may do what

One table in `desk/access.py` decides; a route that is missing from it stops the
start-up. `yes` opens the route to the role; what is outside a caller's reach (another
association, people a prescriber did not refer, rounds of another driver) answers 404.
A token of a program opens the routes of its scopes, as far as its account may.
Written by `tus docs`; do not edit."""
_SEEN = "A field that is not listed for a role is neither shown to it nor taken from it."


def access_page() -> str:
    """Return the page.

    Returns
    -------
    str
        Markdown.
    """
    parts = [_ABOUT, "## Routes", "\n".join(_routes()), "## Fields", _SEEN, "\n".join(_fields())]
    return "\n\n".join(parts) + "\n"


def _routes() -> Iterator[str]:
    yield _row("Method", "Path", *(role.value for role in Role), "Scope of a token")
    yield _row(*("---",) * (len(Role) + 3))
    for (method, path), access in ACCESS.items():
        opened = (_word(access, role) for role in Role)
        yield _row(method, f"`{path}`", *opened, access.scope or "")


def _word(access: Access, role: Role) -> str:
    return "everybody" if access.is_public else "yes" if role in access.roles else ""


def _fields() -> Iterator[str]:
    yield _row("Thing", "Role", "Fields")
    yield _row("---", "---", "---")
    for kind, by_role in FIELDS.items():
        for role, fields in by_role.items():
            yield _row(kind.replace("_", " "), role.value, ", ".join(f"`{f}`" for f in fields))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
