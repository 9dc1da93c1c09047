"""Every day that cannot be made has a code, a cause and a remedy."""

from tus_dispatch.errors import Code, InputError, Problem


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, Code]:
    return {slug: Code(code, slug, *rest) for code, slug, *rest in rows}


CODES: dict[str, Code] = _register(
    (
        "TUS-1301",
        "generate-family",
        "The family of made-up days is unknown.",
        "Choose one of the six names that the message lists.",
        "Choisissez l’un de ces noms.",
    ),
    (
        "TUS-1302",
        "generate-size",
        "A made-up day needs at least two legs and one shift.",
        "Ask for more legs or shifts.",
        "Demandez au moins deux trajets et une vacation.",
    ),
    (
        "TUS-1303",
        "generate-too-full",
        "So many legs do not fit into so few shifts, or the roads are too few for them.",
        "Ask for more shifts or fewer legs, or accept an overloaded day with --overload.",
        "Ajoutez des vacations, réduisez les trajets, ou acceptez un jour trop plein (--overload).",
    ),
    (
        "TUS-1304",
        "generate-date",
        "The date of the made-up day is not a calendar date.",
        "Write the date as YYYY-MM-DD.",
        "Écrivez la date sous la forme AAAA-MM-JJ.",
    ),
    (
        "TUS-1305",
        "generate-output",
        "The made-up day cannot be written.",
        "Choose a folder that exists and that you may write to.",
        "Choisissez un autre fichier ou créez le dossier.",
    ),
)


def refusal(slug: str, where: str, value: object, expected: str) -> InputError:
    """Make the error for an option that cannot be used.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    where
        Name of the option.
    value
        What was asked for.
    expected
        French phrase naming what was expected.

    Returns
    -------
    error : InputError
        To be raised by the caller.
    """
    code = CODES[slug]
    problem = Problem(code.code, where, str(value), expected, code.remedy)
    return InputError("tus generate", (problem,))
