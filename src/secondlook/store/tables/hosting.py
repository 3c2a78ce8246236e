"""Tables of models: subscriptions, packages, models, endpoints, and what is asked of them for later."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, Table, Text, text

from secondlook.store.tables.columns import Id, Key, Time, metadata, name_key, row_id

subscription = Table(
    "subscription",
    metadata,
    name_key("product"),
    Column("license_sha256", Text, nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("created_at", Time, nullable=False),
)

model_package_group = Table(
    "model_package_group",
    metadata,
    name_key(),
    Column("description", Text),
    Column("last_version", Integer, nullable=False),  # given out, 0 at first: no version is given twice
    Column("created_at", Time, nullable=False),
)

model_package = Table(
    "model_package",
    metadata,
    Column("name", Key, primary_key=True),  # its own, or that of the group of a versioned one
    Column("version", Integer, primary_key=True, autoincrement=False),  # 0: unversioned
    Column(
        "definition", JSON, nullable=False
    ),  # the members of CreateModelPackage, as UpdateModelPackage changed them
    Column("product", Text),  # the id of the product that runs it, where it was made from one
    Column("approval_status", Text),  # Approved | Rejected | PendingManualApproval, of versioned ones
    Column("client_token", Text, unique=True),
    Column("request_sha256", Text, nullable=False),  # of what CreateModelPackage was given under that token
    Column("created_at", Time, nullable=False),
    Column("modified_at", Time, nullable=False),
)

model = Table(
    "model",
    metadata,
    name_key(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

endpoint_config = Table(
    "endpoint_config",
    metadata,
    name_key(),
    Column("config", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
)

endpoint = Table(
    "endpoint",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("config_name", Text, nullable=False),
    Column(
        "variants", JSON, nullable=False
    ),  # resolved at creation: an endpoint outlives its config and models
    Column(
        "status", Text, nullable=False
    ),  # Creating | Updating | RollingBack | InService | Failed | Deleting
    Column("failure_reason", Text),
    Column(
        "generation", Integer, nullable=False, server_default=text("0")
    ),  # updates that were begun; each variant says which of them brought it
    Column(
        "next", JSON(none_as_null=True)
    ),  # what an update brings up: {config_name, variants, capture, asynchronous}, and how far it has come
    Column("deployment", JSON(none_as_null=True)),  # DeploymentConfig, as given last
    Column("capture", JSON(none_as_null=True)),  # DataCaptureConfig
    Column("asynchronous", JSON(none_as_null=True)),  # AsyncInferenceConfig
    Column("created_at", Time, nullable=False),
    Column("modified_at", Time, nullable=False),
)

transform_job = Table(
    "transform_job",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("definition", JSON, nullable=False),  # the members of CreateTransformJob
    Column("variant", JSON, nullable=False),  # what runs it, resolved at creation: a job outlives its model
    Column("status", Text, nullable=False),  # InProgress | Completed | Failed | Stopping | Stopped
    Column("failure_reason", Text),
    Column("progress", JSON, nullable=False),  # what has been done, so that it goes on after a restart
    Column(
        "caller", JSON, nullable=False
    ),  # who made it, and which buckets they may use: {access_key, buckets}
    Column(
        "runner", Text
    ),  # a word of the run that does it just now; another one that takes it over changes it
    Column("created_at", Time, nullable=False),
    Column("modified_at", Time, nullable=False),
    Column("started_at", Time),
    Column("ended_at", Time),
)

async_invocation = Table(
    "async_invocation",
    metadata,
    row_id(),
    Column("endpoint_id", Id, nullable=False, index=True),
    Column("inference_id", Text, nullable=False),
    Column("request", JSON, nullable=False),  # the members of InvokeEndpointAsync but its body
    Column("input_location", Text, nullable=False),
    Column("output_location", Text, nullable=False),
    Column("failure_location", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
)

log_retention = Table(
    "log_retention",
    metadata,
    name_key("log_group"),  # its name
    Column("days", Integer, nullable=False),
)
