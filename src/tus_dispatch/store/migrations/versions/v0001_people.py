"""People, places, fleet."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("territory_name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("school_zone", sa.String(), nullable=True),
        sa.Column("terrain", sa.String(), nullable=False),
        sa.Column("objective_json", sa.String(), nullable=False),
        sa.Column("policy_json", sa.String(), nullable=False),
        sa.Column("travel_source", sa.String(), nullable=False),
        sa.Column("travel_json", sa.String(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("promise_half_width_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "erasure",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_erasure_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "person",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_person")),
    )
    op.create_table(
        "participant",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("boarding_s", sa.Integer(), nullable=False),
        sa.Column("alighting_s", sa.Integer(), nullable=False),
        sa.Column("wheelchair", sa.Boolean(), nullable=False),
        sa.Column("companions", sa.Integer(), nullable=False),
        sa.Column("child_seats", sa.Integer(), nullable=False),
        sa.Column("ride_limit_json", sa.String(), nullable=True),
        sa.Column("eligibility_ground", sa.String(), nullable=True),
        sa.Column("eligibility_checked_on", sa.Date(), nullable=True),
        sa.Column("eligibility_expires_on", sa.Date(), nullable=True),
        sa.Column("never_with_json", sa.String(), nullable=False),
        sa.Column("requires_json", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_participant_organisation_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_participant_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_participant")),
    )
    op.create_table(
        "place",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("insee", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("home_of", sa.String(), nullable=True),
        sa.Column("opening_json", sa.String(), nullable=False),
        sa.Column("is_partner", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "home_of"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_place_organisation_id_home_of"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_place_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_place")),
    )
    op.create_index(op.f("ix_place_home_of"), "place", ["home_of"], unique=False)
    op.create_table(
        "driver",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("volunteer", sa.Boolean(), nullable=False),
        sa.Column("contract_week_s", sa.Integer(), nullable=True),
        sa.Column("worked_week_s", sa.Integer(), nullable=False),
        sa.Column("night_year_s", sa.Integer(), nullable=False),
        sa.Column("last_duty_end_at", sa.BigInteger(), nullable=True),
        sa.Column("qualifications_json", sa.String(), nullable=False),
        sa.Column("home_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "home_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_driver_organisation_id_home_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_driver_organisation_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_driver_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_driver")),
    )
    op.create_table(
        "referral",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("prescriber", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_referral_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_referral_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_referral")),
    )
    op.create_index(
        op.f("ix_referral_organisation_id_participant_id"),
        "referral",
        ["organisation_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_referral_organisation_id_prescriber"),
        "referral",
        ["organisation_id", "prescriber"],
        unique=False,
    )
    op.create_table(
        "account",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("login_folded", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("driver_id", sa.String(), nullable=True),
        sa.Column("prescriber_id", sa.String(), nullable=True),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("needs_second_factor", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "driver_id"],
            ["driver.organisation_id", "driver.id"],
            name=op.f("fk_account_organisation_id_driver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_account_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_account")),
    )
    op.create_index("ux_account_login_folded", "account", ["login_folded"], unique=True)
    op.create_table(
        "contract_pattern",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("driver_id", sa.String(), nullable=False),
        sa.Column("days_json", sa.String(), nullable=False),
        sa.Column("hours_notice", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "driver_id"],
            ["driver.organisation_id", "driver.id"],
            name=op.f("fk_contract_pattern_organisation_id_driver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_pattern_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_contract_pattern")),
    )
    op.create_index(
        op.f("ix_contract_pattern_organisation_id_driver_id"),
        "contract_pattern",
        ["organisation_id", "driver_id"],
        unique=False,
    )
