"""The table of predictions: only ever appended to, but for what is older than a setting allows (`--prediction-days`)."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Index, Table, Text, UniqueConstraint

from secondlook.store.tables.columns import Time, metadata, row_id

# Flow definition, endpoint and loop are named, not referred to: a prediction stays as it was written whatever becomes of them.
prediction = Table(
    "prediction",
    metadata,
    row_id(),
    Column("flow", Text, nullable=False),
    Column("prediction_id", Text, nullable=False),  # follows from its facts, so that a retry is recorded once
    Column("inference_id", Text),  # what the caller calls it
    Column("policy_version", Text, nullable=False),  # of the conditions that judged it
    Column("endpoint", Text),
    Column("variant", Text),
    Column("model_version", Text),
    Column("input_sha256", Text, nullable=False),
    Column("input_uri", Text),  # where the input lies, if it is kept
    Column("content_type", Text),
    Column("unit_group", Text),  # what the caller says belongs together: a video, a scan
    Column(
        "objects", JSON, nullable=False
    ),  # [{"label": …, "score": …, "box": {"left": …}}], see `decisions.objects`
    Column("coin", Float, nullable=False),  # in [0, 1), thrown before the score is looked at
    Column("probability", Float, nullable=False),  # over the coin, that a person looks
    Column("decision", Text, nullable=False),  # accept | review | audit
    Column("reasons", JSON, nullable=False),
    Column("loop", Text),
    Column("at", Time, nullable=False, index=True),
    UniqueConstraint("flow", "prediction_id"),
    Index("ix_prediction_flow", "flow", "id"),
)
"""What a model said of an input and what was decided on it, sent to people or not [statistics, §7]."""
