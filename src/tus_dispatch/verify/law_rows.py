"""Rows of the register of rules for what the law says of a plan."""

LAW_ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "TUS-2101",
        "unlawful-rider",
        "Trajet {where} : {sentence}",
        "A person is carried who may not use social transport, or whose right is not checked.",
        "Check the ground, or leave the leg out.",
    ),
    (
        "TUS-2102",
        "rider-without-referral",
        "Trajet {where} : {sentence}",
        "A person is carried without a valid referral, and nobody lifted the rule.",
        "Ask the prescriber, lift the rule with a motive, or leave the leg out.",
    ),
    (
        "TUS-2103",
        "outside-zone",
        "Trajet {where} : {sentence}",
        "A person eligible by residence only is taken outside the zone and to no hub.",
        "Offer the trip to a hub, or leave the leg out.",
    ),
    (
        "TUS-2104",
        "beyond-distance",
        "Trajet {where} : {sentence}",
        "A leg is longer than the law allows.",
        "Leave the leg out, or offer a nearer place.",
    ),
    (
        "TUS-2105",
        "price-above-cap",
        "Trajet {where} : {sentence}",
        "The contribution agreed for a served leg is above the cap.",
        "Lower the contribution.",
    ),
    (
        "TUS-2106",
        "self-drive-driven",
        "Trajet {where} : {sentence}",
        "A rental without a driver is driven as a ride.",
        "Give the booking another regime, or leave the leg out.",
    ),
    (
        "TUS-2107",
        "unlawful-vehicle",
        "Trajet {where}, vacation {shift} : {sentence}",
        "A leg rides in a vehicle that may not carry it, by title or by seats.",
        "Move the leg to another vehicle.",
    ),
    (
        "TUS-2108",
        "driver-without-attestation",
        "Trajet {where}, vacation {shift} : {sentence}",
        "A leg that needs a driver with a medical attestation has another driver, or none yet.",
        "Move the leg to a driver with a valid attestation.",
    ),
)
