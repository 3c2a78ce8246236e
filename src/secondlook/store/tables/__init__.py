"""The tables, by workshop, in one metadata (`columns`): read a module to read that part of the memory.

Counts are never stored: they are counted when asked. Times are UTC and aware. Every table is had from here:
`from secondlook.store.tables import loop`.
"""

from secondlook.store.tables.columns import Id, Key, Time, metadata
from secondlook.store.tables.events import delivery, event, event_target
from secondlook.store.tables.hosting import (
    async_invocation,
    endpoint,
    endpoint_config,
    log_retention,
    model,
    model_package,
    model_package_group,
    subscription,
    transform_job,
)
from secondlook.store.tables.journal import journal
from secondlook.store.tables.memory import cache_version, duty, fact, server
from secondlook.store.tables.objects import blob_parts, bucket, bucket_setting, object_, part, upload
from secondlook.store.tables.people import (
    access_key,
    identity,
    invitation,
    membership,
    person,
    session,
    workforce,
    workteam,
)
from secondlook.store.tables.predictions import prediction
from secondlook.store.tables.review import (
    assignment,
    cursor,
    draft,
    flow,
    loop,
    loop_input,
    preference,
    queue_level,
    report,
    tag,
    task_ui,
    template,
)

__all__ = [
    "Id",
    "Key",
    "Time",
    "access_key",
    "assignment",
    "async_invocation",
    "blob_parts",
    "bucket",
    "bucket_setting",
    "cache_version",
    "cursor",
    "delivery",
    "draft",
    "duty",
    "endpoint",
    "endpoint_config",
    "event",
    "event_target",
    "fact",
    "flow",
    "identity",
    "invitation",
    "journal",
    "log_retention",
    "loop",
    "loop_input",
    "membership",
    "metadata",
    "model",
    "model_package",
    "model_package_group",
    "object_",
    "part",
    "person",
    "prediction",
    "preference",
    "queue_level",
    "report",
    "server",
    "session",
    "subscription",
    "tag",
    "task_ui",
    "template",
    "transform_job",
    "upload",
    "workforce",
    "workteam",
]
