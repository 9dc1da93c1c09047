"""Invented people: common French names and telephone numbers that ring nowhere."""

from dataclasses import dataclass

from tus_dispatch.generate.draws import Draws

_FIRST = (
    "Adèle Ahmed Aïcha Alain Alice Aminata André Anne Antoine Aurélie Baptiste Bernadette Bruno "
    "Camille Cédric Chantal Charlotte Christophe Claire Corinne Damien Daniel Denise Dominique "
    "Élodie Émilie Éric Estelle Fabien Fatima Florence Franck Gérard Gilles Hélène Hugo Inès "
    "Isabelle Jacques Jeanne Jérôme Julie Karim Kevin Laurence Léa Louis Lucie Malika Marc Marie "
    "Martine Mathilde Maxime Mehdi Michel Monique Nadia Nathalie Nicolas Odile Olivier Patrick "
    "Pauline Philippe Rachid Rémi Romain Sabrina Samir Sandrine Sébastien Solène Sophie Stéphane "
    "Sylvie Thierry Thomas Valérie Vincent Virginie Xavier Yann Yasmine Yves Zoé"
)

_LAST = (
    "Andrieu Aubert Bailly Barbier Barre Benoît Bernard Berthelot Besson Blanchard Boucher "
    "Bouvier Brunet Carpentier Caron Charpentier Chevalier Collet Cordier Coulon Delaunay Denis "
    "Deschamps Diallo Dupuis Duval Étienne Fabre Fernandez Fleury Fontaine Fournier Gaillard "
    "Garnier Gauthier Germain Girard Guérin Hamel Hébert Hervé Jacquet Joly Lacroix Lambert "
    "Langlois Laporte Leblanc Leclerc Lefèvre Legrand Lemoine Leroux Lopez Maillard Marchal "
    "Marchand Martinez Masson Mercier Meunier Meyer Michaud Millet Monnier Moreau Morel Moulin "
    "Navarro Nguyen Noël Olivier Pasquier Pelletier Perrin Petitjean Picard Poirier Prévost "
    "Renaud Rey Rivière Robin Roche Rousseau Roux Royer Schmitt Tessier Thibault Traoré Vallet "
    "Vasseur Vidal Weber"
)
FIRST_NAMES, LAST_NAMES = tuple(_FIRST.split()), tuple(_LAST.split())

# Numbers that the French numbering plan keeps free for films and books.
MOBILE_RANGE = "06 39 98"
LANDLINE_RANGES = {
    1: "01 99 00",
    2: "02 61 91",
    3: "03 53 01",
    4: "04 65 71",
    5: "05 36 49",
}
_MOBILE_SHARE = 0.65


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody who does not exist.

    Attributes
    ----------
    first, last
        First name and surname.
    phone
        From a range kept for fiction.
    """

    first: str
    last: str
    phone: str


class People:
    """A source of invented people, no two of the same name.

    Parameters
    ----------
    draws
        Where chance comes from.
    zone
        First digit of landline numbers, 1 to 5.
    """

    def __init__(self, draws: Draws, zone: int) -> None:
        self._draws = draws
        self._landline = LANDLINE_RANGES[zone]
        self._taken: set[tuple[str, str]] = set()

    def meet(self) -> Name:
        """Invent one more person; after all combinations are used, names come back."""
        if len(self._taken) == len(FIRST_NAMES) * len(LAST_NAMES):
            self._taken.clear()
        name = self._pair()
        while name in self._taken:
            name = self._pair()
        self._taken.add(name)
        mobile = self._draws.chance(_MOBILE_SHARE)
        digits = f"{self._draws.whole(0, 9999):04d}"
        phone = f"{MOBILE_RANGE if mobile else self._landline} {digits[:2]} {digits[2:]}"
        return Name(*name, phone)

    def _pair(self) -> tuple[str, str]:
        return self._draws.choice(FIRST_NAMES), self._draws.choice(LAST_NAMES)
