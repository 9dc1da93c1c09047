"""The twelve files of a day as CSV, column by column; ``docs/import.md`` shows them to people."""

from tus_dispatch.formats.csv.cells import Kind
from tus_dispatch.formats.csv.columns import (
    ABSENCE_WORDS,
    ENERGY_WORDS,
    GROUND_WORDS,
    PROFILE_WORDS,
    PURPOSE_WORDS,
    REGIME_WORDS,
    SLOT_WORDS,
    TERRAIN_WORDS,
    TITLE_WORDS,
    TRAVEL_WORDS,
    Column,
    Sheet,
    identity,
    leg_columns,
    person_columns,
    window_columns,
)

DAY = Sheet(
    "day",
    ("jour", "journee"),
    (
        Column("name", ("name",), french=("nom",)),
        Column("date", ("service_date",), Kind.DATE, ("date_du_jour",)),
        Column("territory", ("territory", "name"), french=("territoire",)),
        Column("time_zone", ("territory", "time_zone"), french=("fuseau_horaire",)),
        Column("school_zone", ("territory", "school_zone"), french=("zone_scolaire",)),
        Column("terrain", ("territory", "terrain"), french=("relief",), words=TERRAIN_WORDS),
        Column("note", ("note",), french=("remarque",)),
        Column("profile", ("objective", "profile"), french=("objectif",), words=PROFILE_WORDS),
        *(
            Column(f"weight_{name}", ("objective", "weights", name), Kind.WHOLE)
            for name in (
                "per_metre",
                "per_duty_second",
                "per_round",
                "per_open_round",
                "per_excess_ride_second",
                "per_wait_aboard_second",
                "per_early_second",
                "per_late_second",
                "per_unserved_leg",
                "per_week_hours_second",
                "per_month_hours_second",
                "per_early_start",
                "per_short_round",
                "per_other_driver",
            )
        ),
        *(
            Column(f"ride_{name}", ("policy", "ride_limit", name), Kind.WHOLE, (french,))
            for name, french in (
                ("ratio_percent", "detour_pourcent"),
                ("constant_s", "detour_constant_s"),
                ("minimum_s", "detour_minimum_s"),
                ("cap_s", "detour_maximum_s"),
            )
        ),
        *(
            Column(name, ("policy", name), Kind.WHOLE, (french,))
            for name, french in (
                ("max_wait_aboard_s", "attente_a_bord_max_s"),
                ("arrive_early_s", "avance_max_s"),
                ("depart_late_s", "retard_max_s"),
                ("promise_tolerance_s", "tolerance_annonce_s"),
                ("extra_person_s", "montee_par_personne_s"),
            )
        ),
        Column("travel", ("travel", "source"), french=("temps_de_trajet",), words=TRAVEL_WORDS),
        Column("travel_file", ("travel", "file"), french=("fichier_routes",)),
        Column("travel_url", ("travel", "url"), french=("adresse_osrm",)),
        Column("travel_profile", ("travel", "profile"), french=("profil_osrm",)),
        Column("calibration", ("travel", "calibration"), Kind.DECIMAL, ("calage",)),
    ),
)

PLACES = Sheet(
    "places",
    ("lieux",),
    (
        identity("lieu"),
        Column("name", ("name",), french=("nom", "libelle"), required=True),
        Column("lat", ("lat",), Kind.DECIMAL, ("latitude",)),
        Column("lon", ("lon",), Kind.DECIMAL, ("longitude", "lng")),
        Column("insee", ("insee",), Kind.INSEE, ("code_insee", "commune_insee")),
        Column("address", ("address",), french=("adresse",)),
        Column("last_departure", ("last_departure",), Kind.CLOCK, ("dernier_depart",)),
    ),
)

VEHICLES = Sheet(
    "vehicles",
    ("vehicules",),
    (
        identity("vehicule"),
        Column("name", ("name",), french=("nom", "libelle"), required=True),
        Column("depot", ("depot",), french=("garage",), required=True),
        Column(
            "configurations",
            ("configurations",),
            Kind.CONFIGURATIONS,
            ("places", "amenagements"),
            required=True,
        ),
        Column("child_seats", ("child_seats",), Kind.WHOLE, ("rehausseurs", "sieges_enfant")),
        Column("energy", ("energy",), french=("energie", "carburant"), words=ENERGY_WORDS),
        Column("range_m", ("range_m",), Kind.WHOLE, ("autonomie_m",)),
        Column("title", ("title",), french=("detention",), words=TITLE_WORDS),
        Column("features", ("features",), Kind.LIST, ("equipements",)),
    ),
)

ABSENCES = Sheet(
    "absences",
    ("indisponibilites", "absences_vehicules"),
    (
        Column("vehicle", (), french=("vehicule",), required=True),
        Column("from", ("from",), Kind.CLOCK, ("de", "debut"), required=True),
        Column("until", ("until",), Kind.CLOCK, ("a", "jusqu_a", "fin"), required=True),
        Column("reason", ("reason",), french=("motif",), words=ABSENCE_WORDS),
    ),
    owner=("vehicles", "vehicle", "absences"),
)

DRIVERS = Sheet(
    "drivers",
    ("chauffeurs", "conducteurs", "agents_de_conduite"),
    (
        identity("chauffeur", "agent_de_conduite"),
        *person_columns(),
        Column("volunteer", ("volunteer",), Kind.YES_NO, ("benevole",)),
        Column("contract_week_s", ("contract_week_s",), Kind.WHOLE, ("contrat_semaine_s",)),
        Column("worked_week_s", ("worked_week_s",), Kind.WHOLE, ("fait_semaine_s",)),
        Column("night_year_s", ("night_year_s",), Kind.WHOLE, ("nuit_annee_s",)),
        Column("last_duty_end", ("last_duty_end",), french=("fin_dernier_service",)),
        Column("qualifications", ("qualifications",), Kind.LIST, ("habilitations",)),
        Column("home", ("home",), french=("domicile",)),
        Column("medical_until", ("medical_until",), Kind.DATE, ("attestation_medicale_jusqu_au",)),
        Column("past_weeks_s", ("past_weeks_s",), Kind.WHOLES, ("semaines_passees_s",)),
        Column("told_on", ("told_on",), Kind.DATE, ("prevenu_le",)),
    ),
)

PAST_WORK = Sheet(
    "past_work",
    ("heures_faites",),
    (
        Column("driver", (), french=("chauffeur", "agent_de_conduite"), required=True),
        Column("from", ("from",), french=("de", "debut"), required=True),
        Column("until", ("until",), french=("a", "jusqu_a", "fin"), required=True),
    ),
    owner=("drivers", "driver", "past_work"),
)

PROTECTED_SLOTS = Sheet(
    "protected_slots",
    ("creneaux_proteges",),
    (
        Column("driver", (), french=("chauffeur", "agent_de_conduite"), required=True),
        Column("from", ("from",), Kind.CLOCK, ("de", "debut"), required=True),
        Column("until", ("until",), Kind.CLOCK, ("a", "jusqu_a", "fin"), required=True),
        Column("kind", ("kind",), french=("nature", "type"), words=SLOT_WORDS),
        Column("place", ("place",), french=("lieu",)),
    ),
    owner=("drivers", "driver", "protected_slots"),
)

SHIFTS = Sheet(
    "shifts",
    ("vacations",),
    (
        identity("vacation"),
        Column("name", ("name",), french=("nom", "libelle")),
        Column("vehicle", ("vehicle",), french=("vehicule",), required=True),
        Column("driver", ("driver",), french=("chauffeur", "agent_de_conduite")),
        *window_columns("start", "start_earliest", "start_latest", "debut_de", "debut_a"),
        *window_columns("end", "end_earliest", "end_latest", "fin_de", "fin_a"),
        Column("start_place", ("start_place",), french=("lieu_debut",)),
        Column("end_place", ("end_place",), french=("lieu_fin",)),
        Column("break_duration_s", ("break", "duration_s"), Kind.WHOLE, ("pause_duree_s",)),
        Column("break_after_s", ("break", "after_s"), Kind.WHOLE, ("pause_apres_s",)),
        Column("break_earliest", ("break", "window", "earliest"), Kind.CLOCK, ("pause_debut",)),
        Column("break_latest", ("break", "window", "latest"), Kind.CLOCK, ("pause_fin",)),
        Column("max_duty_s", ("max_duty_s",), Kind.WHOLE, ("amplitude_max_s",)),
    ),
)

PARTICIPANTS = Sheet(
    "participants",
    ("participantes", "personnes"),
    (
        identity("participant", "participante"),
        *person_columns(),
        Column("boarding_s", ("boarding_s",), Kind.WHOLE, ("montee_s",)),
        Column("alighting_s", ("alighting_s",), Kind.WHOLE, ("descente_s",)),
        Column("wheelchair", ("wheelchair",), Kind.YES_NO, ("fauteuil", "fauteuil_roulant")),
        Column("companions", ("companions",), Kind.WHOLE, ("accompagnateurs",)),
        Column("child_seats", ("child_seats",), Kind.WHOLE, ("rehausseurs", "sieges_enfant")),
        *(
            Column(f"ride_{name}", ("ride_limit", name), Kind.WHOLE, (french,))
            for name, french in (
                ("ratio_percent", "detour_pourcent"),
                ("constant_s", "detour_constant_s"),
                ("minimum_s", "detour_minimum_s"),
                ("cap_s", "detour_maximum_s"),
            )
        ),
        Column(
            "eligibility_ground",
            ("eligibility", "ground"),
            french=("critere",),
            words=GROUND_WORDS,
        ),
        Column(
            "eligibility_checked_on",
            ("eligibility", "checked_on"),
            Kind.DATE,
            ("critere_verifie_le",),
        ),
        Column(
            "eligibility_expires_on",
            ("eligibility", "expires_on"),
            Kind.DATE,
            ("critere_valable_jusqu_au",),
        ),
        Column(
            "eligibility_checked_by", ("eligibility", "checked_by"), french=("critere_verifie_par",)
        ),
        Column("never_with", ("never_with",), Kind.LIST, ("jamais_avec",)),
        Column("requires", ("requires",), Kind.LIST, ("exige", "besoins")),
        Column("note", ("note",), french=("remarque",)),
        Column("regular_driver", ("regular_driver",), french=("chauffeur_habituel",)),
    ),
)

REFERRALS = Sheet(
    "referrals",
    ("prescriptions", "orientations"),
    (
        Column("participant", (), french=("participante",), required=True),
        Column("starts_on", ("starts_on",), Kind.DATE, ("debut", "du"), required=True),
        Column("expires_on", ("expires_on",), Kind.DATE, ("fin", "au")),
        Column("prescriber", ("prescriber",), french=("prescripteur", "prescriptrice")),
    ),
    owner=("participants", "participant", "referrals"),
)

BOOKINGS = Sheet(
    "bookings",
    ("reservations",),
    (
        identity("reservation"),
        Column("participant", ("participant",), french=("participante",), required=True),
        *leg_columns("outward", "outward", "aller"),
        *leg_columns("return", "return", "retour"),
        Column("party_size", ("party_size",), Kind.WHOLE, ("personnes", "nombre")),
        Column("purpose", ("purpose",), french=("motif",), words=PURPOSE_WORDS),
        Column("regime", ("regime",), words=REGIME_WORDS),
        Column("priority", ("priority",), Kind.WHOLE, ("priorite",)),
        Column("required", ("required",), Kind.YES_NO, ("obligatoire",)),
        Column("price_eur_cents", ("price_eur_cents",), Kind.WHOLE, ("prix_centimes",)),
        Column("requires", ("requires",), Kind.LIST, ("exige", "besoins")),
        Column("external_ref", ("external_ref",), french=("reference_externe", "ref_externe")),
        Column(
            "participation_eur_cents",
            ("participation_eur_cents",),
            Kind.WHOLE,
            ("participation_centimes",),
        ),
    ),
)

OVERRIDES = Sheet(
    "overrides",
    ("motifs_leves",),
    (
        Column("booking", (), french=("reservation",), required=True),
        Column("reason", ("reason",), french=("motif",), required=True),
        Column("motive", ("motive",), french=("explication",), required=True),
        Column("by", ("by",), french=("par",), required=True),
        Column("at", ("at",), french=("le", "date"), required=True),
    ),
    owner=("bookings", "booking", "overrides"),
)

MATRIX = Sheet(
    "matrix",
    ("matrice",),
    (
        Column("from", ("from",), french=("de", "depart"), required=True),
        Column("to", ("to",), french=("a", "vers", "arrivee"), required=True),
        Column("seconds", ("seconds",), Kind.WHOLE, ("secondes",), required=True),
        Column("metres", ("metres",), Kind.WHOLE, ("distance_m",), required=True),
    ),
)

SHEETS: tuple[Sheet, ...] = (
    DAY,
    PLACES,
    VEHICLES,
    ABSENCES,
    DRIVERS,
    PROTECTED_SLOTS,
    PAST_WORK,
    SHIFTS,
    PARTICIPANTS,
    REFERRALS,
    BOOKINGS,
    OVERRIDES,
    MATRIX,
)
