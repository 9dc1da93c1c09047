"""Every mistake travel times can be given has a code, a cause and a remedy."""

from tus_dispatch.errors import Code, InputError, Problem

_SHOWN_CHARACTERS = 60


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, Code]:
    return {slug: Code(code, slug, *rest) for code, slug, *rest in rows}


CODES: dict[str, Code] = _register(
    (
        "TUS-1201",
        "roads-unreadable",
        "The road file is missing, cut short, or not what its name says.",
        "Fetch the extract again and check that it opens in another tool.",
        "Téléchargez l’extrait de nouveau, puis relancez.",
    ),
    (
        "TUS-1202",
        "roads-format",
        "The name of the road file ends in a way the program does not know.",
        "Give a .osm.pbf, .osm, .osm.gz, .osm.bz2 or .graphml extract, or a built .npz file.",
        "Donnez un fichier .osm.pbf, .osm, .osm.gz, .osm.bz2, .graphml ou .npz.",
    ),
    (
        "TUS-1203",
        "roads-empty",
        "The extract holds no road a car may use.",
        "Check that the extract covers the territory and holds highways.",
        "Vérifiez que l’extrait couvre le territoire et contient des routes.",
    ),
    (
        "TUS-1204",
        "roads-file-damaged",
        "The built road file is damaged, or another program made it.",
        "Build it again with `tus roads build`.",
        "Reconstruisez ce fichier avec « tus roads build ».",
    ),
    (
        "TUS-1205",
        "roads-place",
        "The place name is unknown to OpenStreetMap, or its server did not answer.",
        "Check the spelling, add the département, or build from an extract.",
        "Vérifiez le nom, ajoutez le département, ou partez d’un extrait.",
    ),
    (
        "TUS-1206",
        "roads-projected",
        "The GraphML file gives metres or nothing instead of degrees.",
        "Save the graph before projecting it; nodes need x and y in degrees.",
        "Enregistrez le graphe avant de le projeter, en degrés.",
    ),
    (
        "TUS-1207",
        "roads-unwritable",
        "The road network cannot be written where it was asked for.",
        "Check the folder, its rights and the free space.",
        "Vérifiez le dossier, ses droits et la place libre.",
    ),
    (
        "TUS-1211",
        "matrix-shape",
        "A travel table is not square, or its size differs from the number of places.",
        "Give one row and one column per place, in the order of the places.",
        "Donnez une ligne et une colonne par lieu, dans l’ordre des lieux.",
    ),
    (
        "TUS-1212",
        "matrix-value",
        "A travel table holds something that is not a finite number.",
        "Give a number, or nothing where no road leads.",
        "Donnez un nombre, ou null si aucune route ne mène là.",
    ),
    (
        "TUS-1213",
        "matrix-negative",
        "A travel table holds a negative number.",
        "Give zero or more, or nothing where no road leads.",
        "Donnez un nombre positif, ou null si aucune route ne mène là.",
    ),
    (
        "TUS-1214",
        "matrix-diagonal",
        "The way from a place to itself is not zero.",
        "Put zero on the diagonal.",
        "Mettez zéro sur la diagonale.",
    ),
    (
        "TUS-1215",
        "matrix-zero",
        "The way between two different points takes no time.",
        "Check that the router knows the territory: outside its map it answers zero.",
        "Vérifiez que la carte du calculateur couvre ces deux lieux.",
    ),
    (
        "TUS-1216",
        "matrix-too-fast",
        "A drive is faster than 130 km/h as the crow flies.",
        "Check the unit (seconds, metres) and the points of both places.",
        "Vérifiez l’unité (secondes, mètres) et la position des deux lieux.",
    ),
    (
        "TUS-1217",
        "matrix-too-long",
        "A drive takes more than six hours.",
        "Check the unit; where no road leads, give nothing instead of a big number.",
        "Vérifiez l’unité ; si aucune route ne mène là, mettez null.",
    ),
    (
        "TUS-1218",
        "matrix-disagree",
        "Seconds and metres disagree on whether one can drive there.",
        "Give both numbers or neither.",
        "Donnez les deux nombres, ou null dans les deux tables.",
    ),
    (
        "TUS-1221",
        "router-address",
        "The address of the travel-time server cannot be used.",
        "Give http:// or https://, a host and no user name.",
        "Donnez une adresse http:// ou https:// sans identifiant.",
    ),
    (
        "TUS-1222",
        "router-silent",
        "The travel-time server cannot be reached or is too slow.",
        "Check that it runs; meanwhile plan on estimated times.",
        "Vérifiez qu’il fonctionne, ou planifiez sur des temps estimés.",
    ),
    (
        "TUS-1223",
        "router-refused",
        "The travel-time server answered with an error.",
        "Read the message; check profile and limits of the server.",
        "Vérifiez le profil demandé et les limites du serveur.",
    ),
    (
        "TUS-1224",
        "router-nonsense",
        "The answer of the travel-time server is not what its interface promises.",
        "Check that the address is that of an OSRM server.",
        "Vérifiez que l’adresse est bien celle d’un serveur OSRM.",
    ),
    (
        "TUS-1231",
        "place-without-point",
        "A place has no point on the map, so no drive to it can be computed.",
        "Give latitude and longitude, or an explicit travel table.",
        "Placez ce lieu sur la carte, ou fournissez une table de temps.",
    ),
    (
        "TUS-1232",
        "calibration",
        "The calibration factor is not a number between 0.2 and 5.",
        "Give 1 when nothing was measured.",
        "Mettez 1 si rien n’a été mesuré.",
    ),
)


def problem(slug: str, where: str, value: object, expected: str) -> Problem:
    """Tell one mistake with its registered code and remedy.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    where
        File, option, or JSON pointer.
    value
        What was found; cut to one short line.
    expected
        French phrase naming what was expected.

    Returns
    -------
    problem : Problem
        Ready to be shown.
    """
    code = CODES[slug]
    text = " ".join(str(value).split())
    if len(text) > _SHOWN_CHARACTERS:
        text = text[: _SHOWN_CHARACTERS - 1] + "…"
    return Problem(code.code, where, text or "rien", expected, code.remedy)


def refusal(source: str, slug: str, value: object, expected: str) -> InputError:
    """Make the error for a file or address with a single mistake.

    Parameters
    ----------
    source
        Name of the file or address, also shown as the place of the mistake.
    slug
        Key of ``CODES``.
    value
        What was found.
    expected
        French phrase naming what was expected.

    Returns
    -------
    error : InputError
        To be raised by the caller.
    """
    return InputError(source, (problem(slug, source, value, expected),))
