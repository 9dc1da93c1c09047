"""Codes of what can be wrong with a file we import, beside those of the scenario itself."""

from tus_dispatch.errors import CODES as INPUT_CODES
from tus_dispatch.errors import Code, Problem
from tus_dispatch.formats.wording import shortened

_LONGEST_VALUE = 60


def _register(*codes: Code) -> dict[str, Code]:
    return {each.slug: each for each in codes}


CODES: dict[str, Code] = _register(
    Code(
        "TUS-1701",
        "csv-folder",
        "The folder holds none of the files of a day, or two files for the same table.",
        "See docs/import.md for the names of the files.",
        "Vérifiez le dossier : les noms des fichiers sont dans docs/import.md.",
    ),
    Code(
        "TUS-1702",
        "csv-unknown-file",
        "The folder holds a CSV file whose name means nothing to the import.",
        "Rename it as suggested, or move it out of the folder.",
        "Renommez ce fichier ou sortez-le du dossier.",
    ),
    Code(
        "TUS-1703",
        "csv-encoding",
        "The file is neither UTF-8 nor cp1252 text.",
        "Save it again as CSV UTF-8.",
        "Enregistrez à nouveau le fichier au format « CSV UTF-8 ».",
    ),
    Code(
        "TUS-1704",
        "csv-not-text",
        "The file is a spreadsheet, an archive or another binary file under a CSV name.",
        "Save the sheet as CSV from the spreadsheet.",
        "Dans le tableur, choisissez « Enregistrer sous » puis « CSV UTF-8 ».",
    ),
    Code(
        "TUS-1705",
        "csv-too-large",
        "The file has more bytes or rows than a day can need.",
        "Keep one day only in the file.",
        "Ne gardez qu'une seule journée dans ce fichier.",
    ),
    Code(
        "TUS-1706",
        "csv-link",
        "A file of the folder is a link that leads out of it.",
        "Copy the file itself into the folder.",
        "Copiez le fichier lui-même dans le dossier.",
    ),
    Code(
        "TUS-1707",
        "csv-header",
        "A file is empty or its first line does not name the columns.",
        "Put the names of the columns on the first line.",
        "Mettez les noms des colonnes sur la première ligne.",
    ),
    Code(
        "TUS-1708",
        "csv-unknown-column",
        "A column, or a key of the day file, means nothing to the import.",
        "Rename it as suggested, or delete it.",
        "Corrigez ce nom ou supprimez la colonne.",
    ),
    Code(
        "TUS-1709",
        "csv-twice",
        "The same column, key or pair of places stands twice.",
        "Keep one of the two.",
        "Gardez une seule des deux.",
    ),
    Code(
        "TUS-1710",
        "csv-missing-column",
        "A column the table cannot do without is missing.",
        "Add the column.",
        "Ajoutez cette colonne.",
    ),
    Code(
        "TUS-1711",
        "csv-long-row",
        "A row has more cells than the header has columns.",
        "Look for a separator inside a text that is not in quotes.",
        "Cherchez un séparateur dans un texte sans guillemets.",
    ),
    Code(
        "TUS-1712",
        "csv-unknown-owner",
        "A row belongs to a vehicle, driver or participant that is not in its file.",
        "Correct the identifier or add the missing row.",
        "Corrigez cet identifiant ou ajoutez la ligne qui manque.",
    ),
    Code(
        "TUS-1713",
        "csv-cell",
        "A cell does not have the shape its column needs.",
        "Write the cell as expected.",
        "Corrigez cette cellule.",
    ),
    Code(
        "TUS-1714",
        "csv-quotes",
        "A quotation mark is opened and never closed, or a cell is too long.",
        "Close the quotation mark.",
        "Fermez le guillemet ou raccourcissez la cellule.",
    ),
    Code(
        "TUS-1801",
        "unknown-format",
        "The file is none of the formats that can be imported.",
        "Name the format with --format, or see docs/import.md.",
        "Précisez --format, ou consultez docs/import.md.",
    ),
    Code(
        "TUS-1805",
        "cannot-say",
        "The file asks for something a scenario cannot say.",
        "Remove it, or say it another way; docs/import.md lists what is taken.",
        "Retirez cette indication : elle ne peut pas être reprise.",
    ),
    Code(
        "TUS-1806",
        "wrong-value",
        "A value of the file has the wrong type, shape or sign.",
        "Correct the value.",
        "Corrigez cette valeur.",
    ),
    Code(
        "TUS-1807",
        "wrong-reference",
        "The file names something it does not define, or defines it twice.",
        "Correct the reference.",
        "Corrigez cette référence.",
    ),
    Code(
        "TUS-1808",
        "outside-day",
        "A time of the file lies outside the service day, which runs from 04:00 to 04:00.",
        "Choose the day with --date, or correct the time.",
        "Choisissez le jour avec --date, ou corrigez l'heure.",
    ),
    Code(
        "TUS-1809",
        "several-windows",
        "A step has several time windows; a scenario knows one.",
        "Keep the window that was agreed.",
        "Gardez un seul créneau.",
    ),
    Code(
        "TUS-1810",
        "contradiction",
        "Two values of the file contradict each other.",
        "Correct one of them.",
        "Corrigez l'une des deux valeurs.",
    ),
    Code(
        "TUS-1811",
        "literature-row",
        "A row of a benchmark file cannot be used.",
        "Compare the file with its published form.",
        "Comparez le fichier avec sa version publiée.",
    ),
    Code(
        "TUS-1812",
        "option",
        "An option of the command cannot be used.",
        "See the help of the command.",
        "Consultez l'aide de la commande (--help).",
    ),
)


def problem(slug: str, where: str, value: object, expected: str) -> Problem:
    """Return a problem with the remedy its code has.

    Parameters
    ----------
    slug
        Name in this register, or in that of the scenario file.
    where
        File, line and column, JSON pointer or option.
    value
        The offending value; it is shortened.
    expected
        French phrase.

    Returns
    -------
    Problem
        Ready to be shown.
    """
    code = CODES.get(slug) or INPUT_CODES[slug]
    return Problem(code.code, where, shortened(str(value), _LONGEST_VALUE), expected, code.remedy)
