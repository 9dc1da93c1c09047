"""Road graphs on disk: plain arrays without pickle, never trusted, rebuilt when in doubt."""

import json
import os
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from platformdirs import user_cache_path

from tus_dispatch.errors import InputError
from tus_dispatch.network.build import BUILDER
from tus_dispatch.network.codes import refusal
from tus_dispatch.network.extracts import read_extract, sha256_of
from tus_dispatch.network.graph import ARRAYS, Provenance, RoadGraph, RoadGraphError

_FORMAT = "tus-roads/1"
_META = "meta"
_LARGEST_BYTES = 4 << 30
_DAMAGE = (
    OSError,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    MemoryError,
    NotImplementedError,
    zipfile.BadZipFile,
    RoadGraphError,
)


def save_graph(graph: RoadGraph, path: Path) -> None:
    """Write a road graph; the file appears whole or not at all.

    Parameters
    ----------
    graph
        What to write. The same graph always gives the same bytes.
    path
        ``.npz`` file, replaced if it exists.
    """
    meta = {
        "format": _FORMAT,
        "tag_sets": graph.tag_sets,
        "provenance": asdict(graph.provenance),
    }
    text = json.dumps(meta, ensure_ascii=False, sort_keys=True).encode()
    arrays: dict[str, Any] = {name: getattr(graph, name) for name in ARRAYS}
    arrays[_META] = np.frombuffer(text, dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, **arrays)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def load_graph(path: Path) -> RoadGraph:
    """Read a road graph and check every array of it.

    Parameters
    ----------
    path
        What ``save_graph`` wrote.

    Returns
    -------
    graph : RoadGraph
        Sound, whatever stood in the file.

    Raises
    ------
    InputError
        When the file is missing, damaged, or made by something else.
    """
    try:
        return _load(path)
    except _DAMAGE as error:
        expected = "un fichier fait par « tus roads build »"
        raise refusal(str(path), "roads-file-damaged", error, expected) from error


def open_roads(path: Path, cache_folder: Path | None = None) -> RoadGraph:
    """Open a built road graph, or build it from an extract the first time.

    Parameters
    ----------
    path
        ``.npz`` file of ``save_graph``, or any extract.
    cache_folder
        Where built graphs are kept; the user's cache folder if not given.

    Returns
    -------
    graph : RoadGraph
        The same whether it comes from the cache or not.
    """
    if path.suffix.lower() == ".npz":
        return load_graph(path)
    sha256 = sha256_of(path)
    cached = (cache_folder or default_cache_folder()) / f"{sha256}-{BUILDER}.npz"
    if (graph := _find(cached, sha256)) is not None:
        return graph
    graph = read_extract(path)
    try:
        save_graph(graph, cached)
    except OSError:
        # A cache that cannot be written costs time, nothing else.
        return graph
    return graph


def default_cache_folder() -> Path:
    """Name the folder for built graphs below the user's cache."""
    return user_cache_path("tus-dispatch") / "roads"


def _find(cached: Path, sha256: str) -> RoadGraph | None:
    """Read a cached graph if it is sound and made from this very extract by this very builder."""
    try:
        graph = load_graph(cached)
    except InputError:
        return None
    made_from = (graph.provenance.sha256, graph.provenance.builder)
    return graph if made_from == (sha256, BUILDER) else None


def _load(path: Path) -> RoadGraph:
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_BYTES:
            raise RoadGraphError("the file unpacks to more than four gigabytes")
    with np.load(path, allow_pickle=False) as archive:
        meta = json.loads(archive[_META].tobytes())
        arrays = {name: np.ascontiguousarray(archive[name]) for name in ARRAYS}
    if meta["format"] != _FORMAT:
        raise RoadGraphError(f"the format is {meta['format']}")
    tag_sets = tuple(str(line) for line in meta["tag_sets"])
    return RoadGraph(**arrays, tag_sets=tag_sets, provenance=_provenance(meta["provenance"]))


def _provenance(record: dict[str, Any]) -> Provenance:
    """Read the record field by field, so that nothing of another type slips in."""
    kinds = Provenance.__annotations__
    if record.keys() != kinds.keys():
        raise RoadGraphError("the record of the origin has other fields")
    return Provenance(**{name: kind(record[name]) for name, kind in kinds.items()})
