"""Which files and columns a folder of CSV files has, and where each value goes in a scenario."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tus_dispatch.formats.csv.cells import Kind, plain


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or one key of the day file.

    Attributes
    ----------
    name
        Header on export.
    path
        Keys that lead to the value inside the object of the row.
    kind
        What a cell holds.
    french
        Other headers that are understood, without case and accents.
    words
        French words for values.
    required
        Whether the table is refused without it.
    """

    name: str
    path: tuple[str, ...]
    kind: Kind = Kind.TEXT
    french: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the folder.

    Attributes
    ----------
    name
        Stem on export; the file is ``NAME.csv``.
    french
        Other stems that are understood.
    columns
        In the order of export.
    owner
        For rows that belong to an object of another table: that table, the
        column naming the object and the key of its list.
    """

    name: str
    french: tuple[str, ...]
    columns: tuple[Column, ...]
    owner: tuple[str, str, str] | None = None

    def names(self) -> dict[str, Column]:
        """Return every header that is understood, in its plain form."""
        return {plain(word): c for c in self.columns for word in (c.name, *c.french)}


PURPOSE_WORDS = {
    "travail": "work",
    "emploi": "work",
    "formation": "training",
    "insertion": "insertion",
    "medical": "medical",
    "sante": "medical",
    "courses": "errands",
    "demarches": "errands",
    "autre": "other",
}
REGIME_WORDS = {
    "prive": "private_staff",
    "personnel": "private_staff",
    "marche_public": "public_contract",
    "interne": "internal",
    "location": "rental_self_drive",
}
ENERGY_WORDS = {
    "gazole": "diesel",
    "essence": "petrol",
    "hybride": "hybrid",
    "electrique": "electric",
    "gaz": "gas",
}
TITLE_WORDS = {
    "propriete": "owned",
    "mise_a_disposition": "made_available_non_profit",
    "loue": "hired",
}
ABSENCE_WORDS = {
    "atelier": "workshop",
    "garage": "workshop",
    "loue": "rented",
    "charge": "charging",
}
ABSENCE_WORDS |= {"recharge": "charging", "location": "rented", "autre": "other"}
SLOT_WORDS = {"formation": "training", "accompagnement": "accompaniment", "autre": "other"}
GROUND_WORDS = {
    "localisation": "location",
    "ressources": "income",
    "les_deux": "both",
    "aucun": "none",
}
TERRAIN_WORDS = {"plaine": "plain", "collines": "hills", "vallons": "hills", "montagne": "mountain"}
PROFILE_WORDS = {"cout": "cost", "equilibre": "balanced"}
TRAVEL_WORDS = {"estimation": "estimate", "routes": "roads", "matrice": "matrix"}


def leg_columns(prefix: str, key: str, french: str) -> Iterator[Column]:
    """List the columns of one direction of a booking.

    Parameters
    ----------
    prefix, key, french
        What the headers start with in English, the key of the direction in a
        booking, and what they start with in French.

    Yields
    ------
    Column
        One per value a leg may have.
    """
    rows: tuple[tuple[str, tuple[str, ...], Kind, tuple[str, ...]], ...] = (
        ("origin", ("origin",), Kind.TEXT, ("depart", "origine")),
        ("destination", ("destination",), Kind.TEXT, ("arrivee", "destination")),
        ("arrive_by", ("arrive_by",), Kind.CLOCK, ("arrivee_au_plus_tard", "arriver_avant")),
        ("not_before", ("not_before",), Kind.CLOCK, ("depart_au_plus_tot", "pas_avant")),
        ("pickup_earliest", ("pickup_window", "earliest"), Kind.CLOCK, ("prise_debut",)),
        ("pickup_latest", ("pickup_window", "latest"), Kind.CLOCK, ("prise_fin",)),
        ("dropoff_earliest", ("dropoff_window", "earliest"), Kind.CLOCK, ("depose_debut",)),
        ("dropoff_latest", ("dropoff_window", "latest"), Kind.CLOCK, ("depose_fin",)),
        ("max_ride_s", ("max_ride_s",), Kind.WHOLE, ("temps_a_bord_max_s",)),
        ("boarding_s", ("boarding_s",), Kind.WHOLE, ("montee_s",)),
        ("alighting_s", ("alighting_s",), Kind.WHOLE, ("descente_s",)),
        ("pin_shift", ("pin", "shift"), Kind.TEXT, ("vacation_imposee",)),
        ("pin_pickup", ("pin", "pickup"), Kind.CLOCK, ("heure_imposee",)),
        ("pin_tolerance_s", ("pin", "tolerance_s"), Kind.WHOLE, ("tolerance_s",)),
    )
    for name, path, kind, words in rows:
        aliases = tuple(f"{french}_{word}" for word in words)
        yield Column(f"{prefix}_{name}", (key, *path), kind, aliases)


def person_columns() -> tuple[Column, ...]:
    """Return names and phone, which drivers and participants share."""
    return (
        Column("first_name", ("first_name",), french=("prenom",)),
        Column("last_name", ("last_name",), french=("nom", "nom_de_famille")),
        Column("phone", ("phone",), french=("telephone", "tel")),
    )


def identity(*french: str) -> Column:
    """Return the column every table of its own objects has."""
    return Column("id", ("id",), french=("identifiant", "code", *french), required=True)


def window_columns(path: str, earliest: str, latest: str, *french: str) -> tuple[Column, Column]:
    """Return the two columns of a window, each with one French header."""
    return (
        Column(earliest, (path, "earliest"), Kind.CLOCK, french[:1]),
        Column(latest, (path, "latest"), Kind.CLOCK, french[1:]),
    )
