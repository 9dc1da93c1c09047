"""HTML pages of this package: one file each, escaped by default, nothing fetched from outside."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tus_dispatch.formats.pictograms import Pictogram, inline_svg


def render(template: str, **values: object) -> str:
    """Return a page.

    Parameters
    ----------
    template
        Name of a file in ``templates``.
    **values
        What the template shows; strings are escaped.

    Returns
    -------
    str
        A whole HTML document.
    """
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tus_dispatch.formats", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["draw"] = _draw
    environment.filters["dialled"] = dialled
    return environment


def dialled(phone: str) -> str:
    """Return the digits and the leading plus of a telephone number.

    Parameters
    ----------
    phone
        As people write it.

    Returns
    -------
    str
        Safe in a ``tel:`` link.

    Examples
    --------
    >>> dialled("+33 1 99 00 00 11")
    '+33199000011'
    """
    sign = "+" if phone.strip().startswith("+") else ""
    return sign + "".join(character for character in phone if character in "0123456789")


def _draw(pictogram: str) -> Markup:
    # Our own drawings, so nothing here comes from a file of the association.
    return Markup(inline_svg(Pictogram(pictogram)))  # noqa: S704
