"""Taps, legs that took place, events, and what opens the door."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "driver_event",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("shift_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("leg", sa.String(), nullable=True),
        sa.Column("device_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_driver_event_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_driver_event")),
    )
    op.create_index(
        op.f("ix_driver_event_organisation_id_service_date"),
        "driver_event",
        ["organisation_id", "service_date"],
        unique=False,
    )
    op.create_table(
        "event",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("subjects_json", sa.String(), nullable=False),
        sa.Column("data_json", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_event_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "stream", "seq", name=op.f("pk_event")),
    )
    op.create_index(
        op.f("ix_event_organisation_id_stream_at"),
        "event",
        ["organisation_id", "stream", "at"],
        unique=False,
    )
    op.create_table(
        "retention_gate",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_retention_gate_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_retention_gate")),
    )
    op.create_table(
        "event_subject",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "stream", "seq"],
            ["event.organisation_id", "event.stream", "event.seq"],
            name=op.f("fk_event_subject_organisation_id_stream_seq"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_event_subject_organisation_id")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "stream", "seq", "subject_id", name=op.f("pk_event_subject")
        ),
    )
    op.create_index(
        op.f("ix_event_subject_organisation_id_subject_id"),
        "event_subject",
        ["organisation_id", "subject_id"],
        unique=False,
    )
    op.create_table(
        "completed_leg",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("leg", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("driver_id", sa.String(), nullable=True),
        sa.Column("is_volunteer", sa.Boolean(), nullable=False),
        sa.Column("vehicle_id", sa.String(), nullable=False),
        sa.Column("vehicle_title", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("billable_m", sa.Integer(), nullable=False),
        sa.Column("participation_eur_cents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "driver_id"],
            ["driver.organisation_id", "driver.id"],
            name=op.f("fk_completed_leg_organisation_id_driver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_completed_leg_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "vehicle_id"],
            ["vehicle.organisation_id", "vehicle.id"],
            name=op.f("fk_completed_leg_organisation_id_vehicle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_completed_leg_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "leg", name=op.f("pk_completed_leg")),
    )
    op.create_index(
        op.f("ix_completed_leg_organisation_id_participant_id"),
        "completed_leg",
        ["organisation_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_completed_leg_organisation_id_service_date"),
        "completed_leg",
        ["organisation_id", "service_date"],
        unique=False,
    )
    op.create_table(
        "driver_link",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("driver_id", sa.String(), nullable=False),
        sa.Column("shift_id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("valid_from_at", sa.BigInteger(), nullable=False),
        sa.Column("valid_until_at", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("exchanged_at", sa.BigInteger(), nullable=True),
        sa.Column("session_sha256", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "driver_id"],
            ["driver.organisation_id", "driver.id"],
            name=op.f("fk_driver_link_organisation_id_driver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_driver_link_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_driver_link")),
    )
    op.create_index(
        op.f("ix_driver_link_organisation_id_driver_id_service_date"),
        "driver_link",
        ["organisation_id", "driver_id", "service_date"],
        unique=False,
    )
    op.create_index("ux_driver_link_session", "driver_link", ["session_sha256"], unique=True)
    op.create_index("ux_driver_link_token", "driver_link", ["token_sha256"], unique=True)
    op.create_table(
        "api_token",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("scopes_json", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "account_id"],
            ["account.organisation_id", "account.id"],
            name=op.f("fk_api_token_organisation_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_api_token_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_api_token")),
    )
    op.create_index("ux_api_token_token", "api_token", ["token_sha256"], unique=True)
    op.create_table(
        "credential",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("totp_secret", sa.String(), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "account_id"],
            ["account.organisation_id", "account.id"],
            name=op.f("fk_credential_organisation_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_credential_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "account_id", name=op.f("pk_credential")),
    )
    op.create_table(
        "signin_session",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "account_id"],
            ["account.organisation_id", "account.id"],
            name=op.f("fk_signin_session_organisation_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_signin_session_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_signin_session")),
    )
    op.create_index("ux_signin_session_token", "signin_session", ["token_sha256"], unique=True)
