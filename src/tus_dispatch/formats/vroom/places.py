"""Where VROOM's steps are: points and matrix rows become places, named ones keep their names."""

from typing import Any

from tus_dispatch.formats.foreign.origins import Origins
from tus_dispatch.formats.foreign.values import Path, Values
from tus_dispatch.formats.vroom.fields import EXTENSION

_NOWHERE = "lieu"


class VroomPlaces:
    """All places of a file, each once, in the order they are met after the named ones.

    Parameters
    ----------
    values
        The document.
    origins
        Where places are noted.
    """

    def __init__(self, values: Values, origins: Origins) -> None:
        self.values = values
        self.rows: dict[str, int] = {}
        self.made: list[dict[str, Any]] = []
        self._by_id: dict[str, dict[str, Any]] = {}
        self._by_point: dict[tuple[float | None, float | None, int | None], str] = {}
        self._origins = origins
        for i, each in enumerate(values.entries(EXTENSION, "places")):
            origins.note_tree(f"/places/{i}", f"/{EXTENSION}/places/{i}")
            record = dict(each) if isinstance(each, dict) else {}
            self.made.append(record)
            self._by_id.setdefault(str(record.get("id")), record)

    def place(self, at: Path, key: str, index_key: str, named: object) -> str:
        """Return the place of a step or of one end of a vehicle.

        Parameters
        ----------
        at
            The object that says where it is.
        key, index_key
            Its keys for the point and for the matrix row.
        named
            The place's id, where the file is one of ours.

        Returns
        -------
        str
            Id of the place.
        """
        point = self._point((*at, key))
        row = None
        if self.values.find(*at, index_key) is not None:
            row = self.values.whole(*at, index_key)
        if named is not None:
            return self._named(at, str(named), point, row)
        if point is None and row is None:
            self.values.note("wrong-value", (*at, key), None, f"un point [lon, lat] ou {index_key}")
            return _NOWHERE
        lon, lat = point or (None, None)
        known = self._by_point.get((lon, lat, row))
        if known is None:
            known = self._new(at, lon, lat, row)
            self._by_point[lon, lat, row] = known
        return known

    def _named(
        self, at: Path, name: str, point: tuple[float, float] | None, row: int | None
    ) -> str:
        record = self._by_id.get(name)
        if record is None:
            self.values.note("wrong-reference", at, name, f"un lieu de /{EXTENSION}/places")
            return name
        if point is not None:
            found = {"lon": point[0], "lat": point[1]}
            if any(record.setdefault(axis, value) != value for axis, value in found.items()):
                expected = f"le point que « {name} » a ailleurs dans le fichier"
                self.values.note("contradiction", at, list(point), expected)
        if row is not None:
            self.rows.setdefault(name, row)
        return name

    def _new(self, at: Path, lon: float | None, lat: float | None, row: int | None) -> str:
        number = len(self.made) + 1
        while f"lieu-{number}" in self._by_id:
            number += 1
        name = f"lieu-{number}"
        label = f"Lieu {row}" if lat is None else f"{lat}, {lon}"
        record: dict[str, Any] = {"id": name, "name": label}
        if lat is not None:
            record |= {"lat": lat, "lon": lon}
        self._origins.note(f"/places/{len(self.made)}", "/" + "/".join(map(str, at)))
        self.made.append(record)
        self._by_id[name] = record
        if row is not None:
            self.rows[name] = row
        return name

    def _point(self, at: Path) -> tuple[float, float] | None:
        value = self.values.find(*at)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            self.values.note("wrong-value", at, value, "un point [lon, lat]")
            return None
        return self.values.real(*at, 0), self.values.real(*at, 1)
