"""What fills the middle of a day, the law of an association, and what was lifted for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add tables and columns; associations made before have set no law."""
    op.add_column("booking", sa.Column("participation_eur_cents", sa.Integer(), nullable=True))
    op.add_column(
        "booking", sa.Column("overrides_json", sa.String(), nullable=False, server_default="[]")
    )
    op.add_column("booking", sa.Column("refusal_json", sa.String(), nullable=True))
    op.add_column("driver", sa.Column("medical_until", sa.Date(), nullable=True))
    op.add_column("organisation", sa.Column("law_json", sa.String(), nullable=True))
    op.add_column("organisation", sa.Column("working_time_json", sa.String(), nullable=True))
    op.add_column("participant", sa.Column("eligibility_checked_by", sa.String(), nullable=True))
    op.add_column("place", sa.Column("last_departure_s", sa.Integer(), nullable=True))
    op.create_table(
        "group_event",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("from_s", sa.Integer(), nullable=False),
        sa.Column("until_s", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("early_s", sa.Integer(), nullable=False),
        sa.Column("late_s", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("value_eur_cents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "place_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_group_event_organisation_id_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_group_event_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_group_event")),
    )
    op.create_index(
        op.f("ix_group_event_organisation_id_service_date"),
        "group_event",
        ["organisation_id", "service_date"],
        unique=False,
    )
    op.create_table(
        "slot_hold",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("offer_json", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=True),
        sa.Column("booked_json", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "place_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_slot_hold_organisation_id_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_slot_hold_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_slot_hold")),
    )
    op.create_index(
        op.f("ix_slot_hold_organisation_id_service_date"),
        "slot_hold",
        ["organisation_id", "service_date"],
        unique=False,
    )
    op.create_table(
        "protected_target",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("driver_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_s", sa.Integer(), nullable=False),
        sa.Column("lengths_json", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("is_placed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "driver_id"],
            ["driver.organisation_id", "driver.id"],
            name=op.f("fk_protected_target_organisation_id_driver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "place_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_protected_target_organisation_id_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_protected_target_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_protected_target")),
    )
    op.create_index(
        op.f("ix_protected_target_organisation_id_driver_id"),
        "protected_target",
        ["organisation_id", "driver_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_protected_target_organisation_id_service_date"),
        "protected_target",
        ["organisation_id", "service_date"],
        unique=False,
    )
    op.create_table(
        "attendance",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("home_id", sa.String(), nullable=False),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "booking_id"],
            ["booking.organisation_id", "booking.id"],
            name=op.f("fk_attendance_organisation_id_booking_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "event_id"],
            ["group_event.organisation_id", "group_event.id"],
            name=op.f("fk_attendance_organisation_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "home_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_attendance_organisation_id_home_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_attendance_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_attendance_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_attendance")),
    )
    op.create_index(
        op.f("ix_attendance_organisation_id_booking_id"),
        "attendance",
        ["organisation_id", "booking_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attendance_organisation_id_event_id_participant_id"),
        "attendance",
        ["organisation_id", "event_id", "participant_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_attendance_organisation_id_participant_id"),
        "attendance",
        ["organisation_id", "participant_id"],
        unique=False,
    )
    op.create_table(
        "flexible_booking",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("home_id", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("windows_json", sa.String(), nullable=False),
        sa.Column("stay_s", sa.Integer(), nullable=False),
        sa.Column("one_way", sa.Boolean(), nullable=False),
        sa.Column("dates_json", sa.String(), nullable=False),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("requires_json", sa.String(), nullable=False),
        sa.Column("value_eur_cents", sa.Integer(), nullable=True),
        sa.Column("booking_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "booking_id"],
            ["booking.organisation_id", "booking.id"],
            name=op.f("fk_flexible_booking_organisation_id_booking_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "home_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_flexible_booking_organisation_id_home_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_flexible_booking_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "place_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_flexible_booking_organisation_id_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_flexible_booking_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_flexible_booking")),
    )
    op.create_index(
        op.f("ix_flexible_booking_organisation_id_booking_id"),
        "flexible_booking",
        ["organisation_id", "booking_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_flexible_booking_organisation_id_participant_id"),
        "flexible_booking",
        ["organisation_id", "participant_id"],
        unique=False,
    )
