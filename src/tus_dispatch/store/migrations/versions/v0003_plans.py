"""Plans, days, publications, offers, answers and solves."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "idempotency",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers_json", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_idempotency_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "account", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_kept_at"), "idempotency", ["kept_at"], unique=False)
    op.create_table(
        "plan",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("plan_body", sa.LargeBinary(), nullable=False),
        sa.Column("snapshot_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_plan")),
        sa.UniqueConstraint(
            "organisation_id",
            "service_date",
            "number",
            name=op.f("uq_plan_organisation_id_service_date_number"),
        ),
    )
    op.create_table(
        "plan_use",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("shift_id", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("from_at <= until_at", name=op.f("ck_plan_use_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_use_organisation_id")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id",
            "layer",
            "service_date",
            "shift_id",
            "subject_kind",
            name=op.f("pk_plan_use"),
        ),
    )
    op.create_index(
        op.f("ix_plan_use_organisation_id_layer_subject_id_from_at"),
        "plan_use",
        ["organisation_id", "layer", "subject_id", "from_at"],
        unique=False,
    )
    op.create_table(
        "solve_job",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=True),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("time_limit_s", sa.Float(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("heartbeat_at", sa.BigInteger(), nullable=True),
        sa.Column("n_requests", sa.Integer(), nullable=False),
        sa.Column("n_served", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("gap", sa.Float(), nullable=True),
        sa.Column("elapsed_s", sa.Float(), nullable=False),
        sa.Column("result_number", sa.Integer(), nullable=True),
        sa.Column("is_outdated", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("is_stop_asked", sa.Boolean(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_solve_job_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_solve_job")),
    )
    op.create_index(
        "ux_solve_job_one_solving",
        "solve_job",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'solving'"),
        postgresql_where=sa.text("state = 'solving'"),
    )
    op.create_index(
        "ux_solve_job_one_unfinished",
        "solve_job",
        ["organisation_id", "service_date"],
        unique=True,
        sqlite_where=sa.text("state IN ('queued', 'solving')"),
        postgresql_where=sa.text("state IN ('queued', 'solving')"),
    )
    op.create_table(
        "publication",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "service_date", "number"],
            ["plan.organisation_id", "plan.service_date", "plan.number"],
            name=op.f("fk_publication_organisation_id_service_date_number"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_publication_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_publication")),
    )
    op.create_index(
        "ux_publication_one_per_day",
        "publication",
        ["organisation_id", "service_date"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "service_day",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("current_number", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "service_date", "current_number"],
            ["plan.organisation_id", "plan.service_date", "plan.number"],
            name=op.f("fk_service_day_organisation_id_service_date_current_number"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_service_day_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "service_date", name=op.f("pk_service_day")),
    )
    op.create_table(
        "offer",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Integer(), nullable=False),
        sa.Column("asked_json", sa.String(), nullable=False),
        sa.Column("offer_json", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participant_id"],
            ["participant.organisation_id", "participant.id"],
            name=op.f("fk_offer_organisation_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_offer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_offer")),
    )
    op.create_index(
        op.f("ix_offer_organisation_id_participant_id"),
        "offer",
        ["organisation_id", "participant_id"],
        unique=False,
    )
