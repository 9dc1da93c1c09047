"""The file of a service day, `tus-scenario/1`: read with all its mistakes, written back."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.errors import InputError
from tus_dispatch.formats.native.build import build_scenario
from tus_dispatch.formats.native.decode import Decoded, decode, read_bytes
from tus_dispatch.formats.native.document import FORMAT, ScenarioFile, read_document
from tus_dispatch.formats.native.format_name import expect_format
from tus_dispatch.formats.native.hints import hints_of
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.native.meaning import meaning_problems
from tus_dispatch.formats.native.order import in_file_order
from tus_dispatch.formats.native.presence import presence_problems
from tus_dispatch.formats.native.problems import Suggester
from tus_dispatch.formats.native.references import reference_problems
from tus_dispatch.formats.native.schema import schema_of
from tus_dispatch.formats.native.write import write_scenario
from tus_dispatch.formats.zone_file import load_zone


def load_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Parameters
    ----------
    path
        A file in the format `tus-scenario/1`.

    Returns
    -------
    Scenario
        Checked as a whole; every reference resolves, also that to a list of
        communes beside it.

    Raises
    ------
    InputError
        When the file cannot be opened, or with everything that is wrong in it.
    """
    return with_zone_read(parse_scenario(read_bytes(path), str(path)), path.parent)


def with_zone_read(scenario: Scenario, folder: Path) -> Scenario:
    """Read the list of communes a scenario names by its file.

    Parameters
    ----------
    scenario
        Its law may name a file.
    folder
        Where the scenario lies.

    Returns
    -------
    Scenario
        With the communes themselves, so that it can be written and compared
        without the file.

    Raises
    ------
    InputError
        When the list cannot be read.
    """
    law = scenario.law
    if law is None or law.zone is None or law.zone.file is None:
        return scenario
    zone = load_zone(folder / law.zone.file)
    return replace(scenario, law=replace(law, zone=zone))


def parse_scenario(text: str | bytes, source: str) -> Scenario:
    """Read the text of a scenario file.

    Parameters
    ----------
    text
        JSON; bytes are UTF-8, with or without byte order mark.
    source
        Name of the file, for messages.

    Returns
    -------
    Scenario
        Checked as a whole.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    return _scenario(decode(text, source), source)


def scenario_from_data(data: object, source: str) -> Scenario:
    """Read a scenario that is plain data already.

    Parameters
    ----------
    data
        Dictionaries, lists, texts, numbers, booleans and None, as a JSON
        reader returns them.
    source
        Name of the origin, for messages.

    Returns
    -------
    Scenario
        Checked as a whole.

    Raises
    ------
    InputError
        With everything that is wrong, each by its JSON pointer into ``data``.
    """
    return _scenario(Decoded(data), source)


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain data, ready for JSON.

    Parameters
    ----------
    scenario
        A service day.

    Returns
    -------
    dict
        What ``scenario_from_data`` reads back; defaults are left out.
    """
    return write_scenario(scenario)


def dump_scenario(scenario: Scenario) -> str:
    """Write a scenario as the text of its file.

    Parameters
    ----------
    scenario
        A service day.

    Returns
    -------
    str
        The same bytes for the same scenario, one short line per thing.
    """
    return lay_out(write_scenario(scenario))


def scenario_sha256(scenario: Scenario) -> str:
    """Name a scenario by its content.

    Parameters
    ----------
    scenario
        A service day.

    Returns
    -------
    str
        SHA-256 of the file ``dump_scenario`` writes, in hexadecimal.
    """
    return hashlib.sha256(dump_scenario(scenario).encode()).hexdigest()


def scenario_hints(scenario: Scenario) -> tuple[str, ...]:
    """Say what is allowed and still worth a second look.

    Parameters
    ----------
    scenario
        A service day.

    Returns
    -------
    tuple of str
        French sentences, in the order of the file.
    """
    return tuple(hints_of(scenario))


def scenario_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format.

    Returns
    -------
    dict
        Draft 2020-12. It knows shapes and bounds; references and the sense of
        times are checked by reading the file.
    """
    return schema_of(ScenarioFile, FORMAT)


def _scenario(decoded: Decoded, source: str) -> Scenario:
    data = expect_format(decoded, FORMAT, source)
    suggester = Suggester()
    document, problems = read_document(data, suggester)
    problems += decoded.problems
    problems += reference_problems(data, suggester)
    problems += presence_problems(data)
    problems += meaning_problems(document)
    if problems:
        raise InputError(source, in_file_order(problems, data))
    return build_scenario(document)
