"""Alice owns, Bob helps, Charlie must see nothing."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from secondlook.store.tables import workforce, workteam

NOW = datetime(2026, 3, 2, 9, 14, 5, tzinfo=UTC)


@pytest.fixture
def team(store):
    times = {"config": {}, "created_at": NOW, "updated_at": NOW}
    with store.write() as cx:
        cx.execute(insert(workforce).values(name="default", **times))
        cx.execute(insert(workteam).values(name="cats", workforce="default", description="", **times))
    return "cats"
