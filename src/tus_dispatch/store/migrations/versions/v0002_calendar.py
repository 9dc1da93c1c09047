"""Vehicles with their calendar, drivers' times, shifts and bookings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "standing_booking",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("except_on_json", sa.String(), nullable=False),
        sa.Column("also_on_json", sa.String(), nullable=False),
        sa.Column("on_public_holidays", sa.Boolean(), nullable=False),
        sa.Column("in_school_holidays", sa.Boolean(), nullable=False),
        sa.Column("out_origin_id", sa.String(), nullable=True),
        sa.Column("out_destination_id", sa.String(), nullable=True),
        sa.Column("out_json", sa.String(), nullable=True),
        sa.Column("ret_origin_id", sa.String(), nullable=True),
        sa.Column("ret_destination_id", sa.String(), nullable=True),
        sa.Column("ret_json", sa.String(), nullable=True),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "out_destination_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_standing_booking_organisation_id_out_destination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "out_origin_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_standing_booking_organisation_id_out_origin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_standing_booking_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "ret_destination_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_standing_booking_organisation_id_ret_destination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "ret_origin_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_standing_booking_organisation_id_ret_origin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_standing_booking_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_standing_booking")),
    )
    op.create_index(
        op.f("ix_standing_booking_organisation_id_participant_id"),
        "standing_booking",
        ["organisation_id", "participant_id"],
        unique=False,
    )
    op.create_table(
        "vehicle",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("depot_id", sa.String(), nullable=False),
        sa.Column("configurations_json", sa.String(), nullable=False),
        sa.Column("child_seats", sa.Integer(), nullable=False),
        sa.Column("energy", sa.String(), nullable=False),
        sa.Column("range_m", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("features_json", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "depot_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_vehicle_organisation_id_depot_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_vehicle_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_vehicle")),
    )
    op.create_table(
        "booking",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("out_origin_id", sa.String(), nullable=True),
        sa.Column("out_destination_id", sa.String(), nullable=True),
        sa.Column("out_json", sa.String(), nullable=True),
        sa.Column("out_status", sa.String(), nullable=True),
        sa.Column("out_result", sa.String(), nullable=True),
        sa.Column("ret_origin_id", sa.String(), nullable=True),
        sa.Column("ret_destination_id", sa.String(), nullable=True),
        sa.Column("ret_json", sa.String(), nullable=True),
        sa.Column("ret_status", sa.String(), nullable=True),
        sa.Column("ret_result", sa.String(), nullable=True),
        sa.Column("party_size", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("price_eur_cents", sa.Integer(), nullable=True),
        sa.Column("requires_json", sa.String(), nullable=False),
        sa.Column("external_ref", sa.String(), nullable=True),
        sa.Column("standing_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "out_destination_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_booking_organisation_id_out_destination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "out_origin_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_booking_organisation_id_out_origin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_booking_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "ret_destination_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_booking_organisation_id_ret_destination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "ret_origin_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_booking_organisation_id_ret_origin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "standing_id"],
            ["standing_booking.organisation_id", "standing_booking.id"],
            name=op.f("fk_booking_organisation_id_standing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_booking_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_booking")),
    )
    op.create_index(
        op.f("ix_booking_organisation_id_participant_id"),
        "booking",
        ["organisation_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_booking_organisation_id_service_date"),
        "booking",
        ["organisation_id", "service_date"],
        unique=False,
    )
    op.create_index(
        op.f("ix_booking_organisation_id_standing_id_service_date"),
        "booking",
        ["organisation_id", "standing_id", "service_date"],
        unique=True,
    )
    op.create_table(
        "driver_time",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("driver_id", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.CheckConstraint("from_at < until_at", name=op.f("ck_driver_time_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "driver_id"],
            ["driver.organisation_id", "driver.id"],
            name=op.f("fk_driver_time_organisation_id_driver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "place_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_driver_time_organisation_id_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_driver_time_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_driver_time")),
    )
    op.create_index(
        op.f("ix_driver_time_organisation_id_driver_id_from_at"),
        "driver_time",
        ["organisation_id", "driver_id", "from_at"],
        unique=False,
    )
    op.create_table(
        "shift_rule",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("vehicle_id", sa.String(), nullable=False),
        sa.Column("driver_id", sa.String(), nullable=True),
        sa.Column("start_earliest", sa.String(), nullable=False),
        sa.Column("start_latest", sa.String(), nullable=False),
        sa.Column("end_earliest", sa.String(), nullable=False),
        sa.Column("end_latest", sa.String(), nullable=False),
        sa.Column("start_place_id", sa.String(), nullable=False),
        sa.Column("end_place_id", sa.String(), nullable=False),
        sa.Column("weekdays_json", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("service_date", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.String(), nullable=True),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("break_rule_json", sa.String(), nullable=True),
        sa.Column("max_duty_s", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "driver_id"],
            ["driver.organisation_id", "driver.id"],
            name=op.f("fk_shift_rule_organisation_id_driver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "end_place_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_shift_rule_organisation_id_end_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "replaces_id"],
            ["shift_rule.organisation_id", "shift_rule.id"],
            name=op.f("fk_shift_rule_organisation_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "start_place_id"],
            ["place.organisation_id", "place.id"],
            name=op.f("fk_shift_rule_organisation_id_start_place_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "vehicle_id"],
            ["vehicle.organisation_id", "vehicle.id"],
            name=op.f("fk_shift_rule_organisation_id_vehicle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_shift_rule_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_shift_rule")),
    )
    op.create_index(
        op.f("ix_shift_rule_organisation_id_replaces_id_service_date"),
        "shift_rule",
        ["organisation_id", "replaces_id", "service_date"],
        unique=True,
    )
    op.create_index(
        op.f("ix_shift_rule_organisation_id_service_date"),
        "shift_rule",
        ["organisation_id", "service_date"],
        unique=False,
    )
    op.create_table(
        "vehicle_use",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("vehicle_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.CheckConstraint("from_at < until_at", name=op.f("ck_vehicle_use_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_vehicle_use_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "vehicle_id"],
            ["vehicle.organisation_id", "vehicle.id"],
            name=op.f("fk_vehicle_use_organisation_id_vehicle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_vehicle_use_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_vehicle_use")),
    )
    op.create_index(
        op.f("ix_vehicle_use_organisation_id_participant_id"),
        "vehicle_use",
        ["organisation_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_vehicle_use_organisation_id_vehicle_id_from_at"),
        "vehicle_use",
        ["organisation_id", "vehicle_id", "from_at"],
        unique=False,
    )
