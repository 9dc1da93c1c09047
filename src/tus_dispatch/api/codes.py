"""What can be wrong with a request as such, beside the values in its body."""

from tus_dispatch.errors import Code


def _register(*codes: Code) -> dict[str, Code]:
    return {each.slug: each for each in codes}


CODES: dict[str, Code] = _register(
    Code(
        "TUS-1501",
        "no-such-route",
        "The address leads nowhere, or not with this method.",
        "Compare the address and the method with docs/openapi.json.",
        "Vérifiez l’adresse demandée.",
    ),
    Code(
        "TUS-1502",
        "body-too-large",
        "The body is larger than this route takes.",
        "Send less at once.",
        "Envoyez moins de données à la fois.",
    ),
    Code(
        "TUS-1503",
        "body-not-json",
        "The body is not declared as application/json.",
        "Send Content-Type: application/json.",
        "Envoyez la demande en JSON, avec Content-Type: application/json.",
    ),
    Code(
        "TUS-1504",
        "format-not-offered",
        "None of the formats asked for is offered here.",
        "Ask for one of those named, by Accept or ?format=.",
        "Choisissez l’un des formats indiqués.",
    ),
    Code(
        "TUS-1505",
        "unknown-parameter",
        "A query parameter means nothing here.",
        "Correct its spelling, or leave it out.",
        "Corrigez le nom de ce paramètre ou retirez-le.",
    ),
    Code(
        "TUS-1507",
        "idempotency-key-missing",
        "Something would be made, and the request has no usable Idempotency-Key.",
        "Make a random key for every new thing, and repeat it when trying again.",
        "Le logiciel appelant doit joindre une clé Idempotency-Key à chaque création.",
    ),
    Code(
        "TUS-1508",
        "if-match-missing",
        "Something would be changed, and the request does not name the version it was made for.",
        "Send the ETag that was read as If-Match.",
        "Relisez la fiche, puis refaites la modification.",
    ),
    Code(
        "TUS-1509",
        "unusable-if-match",
        "The If-Match header is not one ETag of this service.",
        "Send the ETag exactly as it was read, with its quotes.",
        "Relisez la fiche, puis refaites la modification.",
    ),
    Code(
        "TUS-1510",
        "field-not-yours",
        "The role of the caller may not write this field.",
        "Leave the field out.",
        "Retirez cette information : votre rôle ne permet pas de la modifier.",
    ),
    Code(
        "TUS-1511",
        "referral-missing",
        "A prescriber makes a participant without the referral that opens it to them.",
        "Give the days of the referral.",
        "Indiquez les dates de l’orientation.",
    ),
    Code(
        "TUS-1512",
        "other-date",
        "A file of a day was sent to the address of another day.",
        "Correct the address, or the service_date of the file.",
        "Vérifiez la date du fichier et celle de l’adresse.",
    ),
    Code(
        "TUS-1513",
        "home-missing",
        "A prescriber adds a place that is nobody's home.",
        "Name whose home it is, or ask the office to add the place.",
        "Indiquez de qui c’est le domicile, ou demandez au service d’ajouter ce lieu.",
    ),
    Code(
        "TUS-1514",
        "zone-not-sent",
        "The list of eligible communes is named as a file, which the service does not read.",
        "Send edition and communes.",
        "Envoyez l’édition et la liste des codes de communes.",
    ),
    Code(
        "TUS-1521",
        "not-signed-in",
        "The request has no valid session or token.",
        "Sign in again.",
        "Connectez-vous à nouveau.",
    ),
    Code(
        "TUS-1522",
        "not-allowed",
        "The role of the caller, or the scope of the token, does not include this.",
        "Ask somebody whose role includes it.",
        "Demandez à une personne dont le rôle le permet.",
    ),
    Code(
        "TUS-1523",
        "other-site",
        "A page of another site tried to change something with the caller's cookie.",
        "Send changes from pages of this service, or use a token.",
        "Refaites l’action depuis les pages du service.",
    ),
    Code(
        "TUS-1524",
        "wrong-credentials",
        "Login, password or code are wrong, or the account is over.",
        "Try again, or ask for a new password.",
        "Vérifiez l’identifiant et le mot de passe, ou demandez-en un nouveau.",
    ),
    Code(
        "TUS-1525",
        "second-factor-needed",
        "The password is right; a code from the phone is needed beside it.",
        "Send the six digits the phone shows.",
        "Saisissez les six chiffres affichés par votre téléphone.",
    ),
    Code(
        "TUS-1526",
        "weak-password",
        "A new password is too easy to guess.",
        "Choose a longer one, for instance four words that do not belong together.",
        "Choisissez par exemple quatre mots sans rapport entre eux.",
    ),
    Code(
        "TUS-1527",
        "unusable-link",
        "A driver's link is unknown, early, over, used or revoked, or the PIN is wrong.",
        "Ask the dispatcher for a new link.",
        "Vérifiez le code, ou demandez un nouveau lien au service.",
    ),
    Code(
        "TUS-1528",
        "insecure-address",
        "A browser would get its session over plain http from another machine.",
        "Serve behind https, or sign in from the machine itself.",
        "Ouvrez le service par son adresse https.",
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
