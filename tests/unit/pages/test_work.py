"""The job list, and taking from it."""


def test_a_worker_sees_the_jobs_of_their_teams(world, alice):
    world.flow("fd", title="Find the cats")
    world.loop("fd", "loop-1")

    page = alice.get("/work")

    assert "Find the cats" in page.text
    assert "Start working" in page.text


def test_taking_opens_the_task(world, alice):
    world.flow("fd")
    world.loop("fd", "loop-1")

    taken = alice.post("/work/fd", {"csrf": alice.get("/work").csrf})

    assert (taken.status, taken.location) == (303, "/tasks/1")
    assert "loop-1" in alice.get("/tasks/1").text
