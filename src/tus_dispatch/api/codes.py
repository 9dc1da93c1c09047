"""What can be wrong with a request as such, beside the values in its body."""

from tus_dispatch.errors import Code


def _register(*codes: Code) -> dict[str, Code]:
    return {each.slug: each for each in codes}


CODES: dict[str, Code] = _register(
    Code(
        "TUS-1601",
        "no-such-route",
        "The address leads nowhere, or not with this method.",
        "Compare the address and the method with docs/openapi.json.",
        "Vérifiez l’adresse demandée.",
    ),
    Code(
        "TUS-1602",
        "body-too-large",
        "The body is larger than this route takes.",
        "Send less at once.",
        "Envoyez moins de données à la fois.",
    ),
    Code(
        "TUS-1603",
        "body-not-json",
        "The body is not declared as application/json.",
        "Send Content-Type: application/json.",
        "Envoyez la demande en JSON, avec Content-Type: application/json.",
    ),
    Code(
        "TUS-1604",
        "format-not-offered",
        "None of the formats asked for is offered here.",
        "Ask for one of those named, by Accept or ?format=.",
        "Choisissez l’un des formats indiqués.",
    ),
    Code(
        "TUS-1605",
        "unknown-parameter",
        "A query parameter means nothing here.",
        "Correct its spelling, or leave it out.",
        "Corrigez le nom de ce paramètre ou retirez-le.",
    ),
    Code(
        "TUS-1607",
        "idempotency-key-missing",
        "Something would be made, and the request has no usable Idempotency-Key.",
        "Make a random key for every new thing, and repeat it when trying again.",
        "Le logiciel appelant doit joindre une clé Idempotency-Key à chaque création.",
    ),
    Code(
        "TUS-1608",
        "if-match-missing",
        "Something would be changed, and the request does not name the version it was made for.",
        "Send the ETag that was read as If-Match.",
        "Relisez la fiche, puis refaites la modification.",
    ),
    Code(
        "TUS-1609",
        "unusable-if-match",
        "The If-Match header is not one ETag of this service.",
        "Send the ETag exactly as it was read, with its quotes.",
        "Relisez la fiche, puis refaites la modification.",
    ),
    Code(
        "TUS-1610",
        "field-not-yours",
        "The role of the caller may not write this field.",
        "Leave the field out.",
        "Retirez cette information : votre rôle ne permet pas de la modifier.",
    ),
    Code(
        "TUS-1621",
        "not-signed-in",
        "The request has no valid session or token.",
        "Sign in again.",
        "Connectez-vous à nouveau.",
    ),
    Code(
        "TUS-1622",
        "not-allowed",
        "The role of the caller, or the scope of the token, does not include this.",
        "Ask somebody whose role includes it.",
        "Demandez à une personne dont le rôle le permet.",
    ),
    Code(
        "TUS-1623",
        "other-site",
        "A page of another site tried to change something with the caller's cookie.",
        "Send changes from pages of this service, or use a token.",
        "Refaites l’action depuis les pages du service.",
    ),
    Code(
        "TUS-5501",
        "still-running",
        "A request with the same key is still being worked on.",
        "Repeat it in a moment.",
        "Patientez un instant, puis réessayez avec la même clé.",
    ),
    Code(
        "TUS-5502",
        "too-often",
        "Too many attempts failed.",
        "Wait as long as Retry-After says.",
        "Patientez avant de réessayer.",
    ),
    Code(
        "TUS-5599",
        "unforeseen",
        "The program failed; nothing of the request was kept.",
        "Look up the request id in the log.",
        "Réessayez ; si cela se reproduit, transmettez le numéro de la demande.",
    ),
)
