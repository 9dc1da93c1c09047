"""The register of working-time rules: a code, a French sentence, and English words for the docs."""

from tus_dispatch.domain.reason import ReasonKind


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, ReasonKind]:
    return {row[1]: ReasonKind(*row) for row in rows}


CODES: dict[str, ReasonKind] = _register(
    (
        "TUS-2201",
        "work-day",
        (
            "{who} travaillerait {worked} dans la journée ; la limite est "
            "de {limit} (Code du travail, L3121-18)."
        ),
        "A driver works longer than a day allows.",
        "Shorten the duty, or give a part of it to another driver.",
    ),
    (
        "TUS-2202",
        "break-due",
        (
            "{who} travaillerait {worked} avant une pause de {length} ; elle est due dès que le "
            "travail de la journée atteint {limit} (Code du travail, L3121-16)."
        ),
        "A driver's work reaches six hours without a break of twenty minutes.",
        "Plan a break of twenty minutes before that.",
    ),
    (
        "TUS-2203",
        "daily-rest",
        (
            "{who} n’aurait que {rest} de repos depuis sa dernière fin de service ; il en faut "
            "{limit} (Code du travail, L3131-1)."
        ),
        "A driver starts too soon after the last duty.",
        "Start later, or ask a rested driver.",
    ),
    (
        "TUS-2204",
        "amplitude",
        (
            "Le {day}, {amplitude} sépareraient la première prise et la dernière fin de service "
            "de {who} ; la limite est de {limit} dans une même journée civile "
            "(Cass. soc. 18 décembre 2001, n° 99-43.351)."
        ),
        "First and last work of one civil day lie too far apart.",
        "Let two drivers share the day.",
    ),
    (
        "TUS-2205",
        "gap-count",
        (
            "La journée de {who} aurait {gaps} coupures ; à temps partiel, il y en a {limit} au "
            "plus sans accord (Code du travail, L3123-30)."
        ),
        "A part-timer's day has more interruptions than allowed.",
        "Join two of the shifts, or give one to another driver.",
    ),
    (
        "TUS-2206",
        "gap-length",
        (
            "{who} aurait une coupure de {gap}, de {start} à {end} ; à temps partiel, elle dure "
            "{limit} au plus sans accord (Code du travail, L3123-30)."
        ),
        "A part-timer's interruption is longer than allowed.",
        "Bring the shifts closer together, or let two drivers share the day.",
    ),
    (
        "TUS-2207",
        "work-week",
        (
            "{who} arriverait à {worked} de travail dans la semaine ; la limite est de {limit} "
            "(Code du travail, L3121-20)."
        ),
        "A driver's week becomes longer than any week may be.",
        "Give the duty to a driver with hours left.",
    ),
    (
        "TUS-2208",
        "average-week",
        (
            "{who} arriverait à {worked} de travail par semaine en moyenne sur {weeks} semaines ; "
            "la limite est de {limit} (Code du travail, L3121-22)."
        ),
        "A driver's average week over twelve weeks becomes too long.",
        "Give the duty to another driver until the average has come down.",
    ),
    (
        "TUS-2209",
        "days-week",
        (
            "{who} travaillerait {days} jours dans la semaine ; la limite est de {limit} "
            "(Code du travail, L3132-1)."
        ),
        "A driver works on more days of a week than allowed.",
        "Give the duty to another driver.",
    ),
    (
        "TUS-2210",
        "weekly-rest",
        (
            "{who} n’aurait pas {limit} de repos de suite dans la semaine du {week} ; ce repos est "
            "dû chaque semaine (Code du travail, L3132-2)."
        ),
        "A week is left without its long rest.",
        "Keep a day free before or after.",
    ),
    (
        "TUS-2211",
        "sunday-rest",
        (
            "{who} travaillerait le dimanche {day} ; le repos hebdomadaire est donné ce jour-là, "
            "sauf dérogation (Code du travail, L3132-3)."
        ),
        "A driver works on a Sunday.",
        "Choose another day, or set sunday_rest to null where the law allows Sunday work.",
    ),
    (
        "TUS-2212",
        "complementary-hours",
        (
            "{who} arriverait à {worked} dans la semaine pour un contrat de {contract} ; les "
            "heures complémentaires s’arrêtent à {limit} (Code du travail, L3123-28)."
        ),
        "A part-timer's week goes beyond the complementary hours.",
        "Give the duty to a driver with hours left.",
    ),
    (
        "TUS-2213",
        "night-year",
        (
            "{who} arriverait à {worked} de travail de nuit en douze mois ; à partir de {limit}, "
            "c’est un travail de nuit, qui demande un accord ou l’autorisation de l’inspection du "
            "travail (Code du travail, L3122-5 et L3122-23)."
        ),
        "A driver's work at night in twelve months reaches that of a night worker.",
        "Let others take turns with the early and late duties.",
    ),
    (
        "TUS-2214",
        "night-habit",
        (
            "{who} travaillerait {limit} de nuit ou plus deux fois par semaine, deux semaines de "
            "suite ; c’est un travail de nuit, qui demande un accord ou l’autorisation de "
            "l’inspection du travail (Code du travail, L3122-5)."
        ),
        "A driver's usual roster becomes that of a night worker.",
        "Let others take turns with the early and late duties.",
    ),
    (
        "TUS-2215",
        "night-day",
        (
            "{who} est travailleur de nuit et travaillerait {worked} dans la journée ; la limite "
            "est de {limit} (Code du travail, L3122-6)."
        ),
        "A night worker's day is too long.",
        "Shorten the duty, or ask a driver who is no night worker.",
    ),
    (
        "TUS-2216",
        "roster-notice",
        (
            "L’annonce de ce jour de travail à {who} ne le précède que de {days} ; à temps "
            "partiel, il en faut {limit} sans accord (Code du travail, L3123-31)."
        ),
        "A part-timer was told of the working day too late.",
        "Ask a driver who has known of the day, or wait for the notice to run out.",
    ),
    (
        "TUS-2231",
        "shift-unlawful",
        "la vacation n’est pas utilisée, car aucun horaire n’y respecte {rule}.",
        "A shift cannot be lawful for its driver at all, so no round uses it.",
        "Change its hours, or give it to another driver.",
    ),
    (
        "TUS-2232",
        "shift-narrowed",
        (
            "le droit du travail limite les horaires de la vacation, prise de service "
            "de {start} à {start_latest}, fin de {end_earliest} à {end}, {duty} au plus."
        ),
        "The law leaves a shift less room than it was asked for.",
        "Nothing; the plan keeps to what is left.",
    ),
    (
        "TUS-2233",
        "driver-named",
        "la vacation est proposée à {who}, de {start} à {end} ; à confirmer avec elle ou lui.",
        "The planner has named a driver for an open shift.",
        "Ask the driver, or name another one in the scenario.",
    ),
    (
        "TUS-2234",
        "nobody-to-name",
        (
            "aucun agent de conduite n’est à la fois libre, qualifié et dans "
            "le droit du travail pour faire cette vacation, qui reste ouverte."
        ),
        "No driver may lawfully take an open shift.",
        "Find somebody else, or shorten the shift.",
    ),
    (
        "TUS-2235",
        "hours-used",
        (
            "pour approcher les heures du contrat de {who}, la vacation est prolongée "
            "de {length} dans ses horaires, de {start} à {end}."
        ),
        "A duty uses more of its band because its driver is behind the contract.",
        "Give the driver something to do in that time, or lower the weights of hours.",
    ),
)

# What a shift that cannot be lawful does not respect, after « car aucun horaire n’y respecte ».
RULE_WORDS: dict[str, str] = {
    "work-day": "la durée quotidienne du travail (L3121-18)",
    "break-due": "la pause due à six heures de travail (L3121-16)",
    "daily-rest": "le repos entre deux journées (L3131-1)",
    "amplitude": "l’amplitude d’une journée civile (Cass. soc. 18 décembre 2001, n° 99-43.351)",
    "gap-count": "le nombre de coupures à temps partiel (L3123-30)",
    "gap-length": "la durée d’une coupure à temps partiel (L3123-30)",
    "work-week": "la durée hebdomadaire du travail (L3121-20)",
    "average-week": "la moyenne hebdomadaire du travail (L3121-22)",
    "days-week": "le nombre de jours travaillés de la semaine (L3132-1)",
    "weekly-rest": "le repos hebdomadaire (L3132-2)",
    "sunday-rest": "le repos du dimanche (L3132-3)",
    "complementary-hours": "la limite des heures complémentaires (L3123-28)",
    "night-year": "la limite du travail de nuit sur douze mois (L3122-23)",
    "night-habit": "la limite du travail de nuit habituel (L3122-5)",
    "night-day": "la journée d’un travailleur de nuit (L3122-6)",
    "roster-notice": "le délai de prévenance (L3123-31)",
    "protected-slot": "les formations et accompagnements déjà prévus",
}
