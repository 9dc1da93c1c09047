"""What can be wrong with a question to the dated tables."""

from tus_dispatch.errors import Code

CODES: dict[str, Code] = {
    each.slug: each
    for each in (
        Code(
            "TUS-1071",
            "law-date",
            "The service date lies before the first value of a legal table.",
            "Correct the date, or plan without the section `law`.",
            "Corrigez la date, ou planifiez sans la rubrique « law ».",
        ),
    )
}
