"""The law of trips as the plain data of its file."""

from tus_dispatch.domain.law import Area, Law, Zone
from tus_dispatch.domain.working_time import WorkingTime
from tus_dispatch.formats.native.law import AreaShape, LawShape
from tus_dispatch.formats.native.sparse import Data, sparse


def law_section(law: Law | None, working_time: WorkingTime | None) -> Data | None:
    """Write the section ``law``, or nothing where a day says nothing about it.

    Parameters
    ----------
    law, working_time
        Of trips, and of the drivers' hours.

    Returns
    -------
    dict or None
        One section for both.
    """
    if law is None and working_time is None:
        return None
    trips = {} if law is None else law_data(law)
    return trips | ({} if working_time is None else _working_time(working_time))


def _working_time(law: WorkingTime) -> Data:
    data: Data = {"working_time": law.enforcement.value}
    return data | ({"rules": dict(law.own_rules)} if law.own_rules else {})


def law_data(law: Law) -> Data:
    """Write the law of a day's trips; lists of communes in the order of their codes."""
    basis = law.distance_basis
    data = sparse(
        LawShape,
        zone=None if law.zone is None else _zone(law.zone),
        hubs=list(law.hubs),
        authorities=[_area(each) for each in law.authorities],
        public_services=[_area(each) for each in law.public_services],
        tariff_eur_cents_per_km=law.tariff_eur_cents_per_km,
        strict_cost_share=law.strict_cost_share,
        hub_return=law.hub_return,
        longest_m=law.longest_m,
        distance_basis=None if basis is None else basis.value,
        hired_vehicles=law.hired_vehicles,
        referral_required=law.referral_required,
        medical_attestation_for_tus=law.medical_attestation_for_tus,
    )
    # Always said, so that the section is never empty and nobody has to guess.
    return {"trips": law.trips.value} | data


def _zone(zone: Zone) -> Data:
    if zone.edition is None:
        return {"file": zone.file}
    return {"edition": zone.edition.isoformat(), "communes": sorted(zone.communes)}


def _area(area: Area) -> Data:
    return sparse(
        AreaShape, name=area.name, communes=sorted(area.communes), places=sorted(area.places)
    )
