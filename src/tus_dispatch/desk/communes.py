"""Names of communes by their code, as far as the package knows them."""

from functools import cache

from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.generate.settlements import settlements_of


@cache
def commune_names() -> dict[str, str]:
    """Return the communes of the table the package ships.

    Returns
    -------
    dict
        By INSEE code; a sector without a name is called by its code.
    """
    return {
        each.insee: each.name
        for family in FAMILIES
        for each in settlements_of(family)
        if each.insee is not None
    }
