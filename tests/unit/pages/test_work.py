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


def test_other_teams_jobs_are_neither_listed_nor_taken(world, enter):
    world.flow("fd", title="Find the cats")
    world.loop("fd", "loop-1")
    charlie = enter("charlie")

    page = charlie.get("/work")
    taken = charlie.post("/work/fd", {"csrf": page.csrf})

    assert "Find the cats" not in page.text
    assert "not in a work team yet" in page.text
    assert taken.location == "/work?notice=empty"


def test_a_team_without_work_is_told_what_happens_next(alice):
    assert "Nothing is set up for your team yet" in alice.get("/work").text


def test_when_all_is_done_the_list_says_so(world, alice):
    world.flow("fd")

    assert "All done." in alice.get("/work").text


def test_taking_where_nothing_waits_any_more_says_so(world, alice):
    world.flow("fd")

    reply = alice.post("/work/fd", {"csrf": alice.get("/work").csrf})

    assert "Nothing is waiting there any more" in alice.get(reply.location).text


def test_a_notice_is_one_of_ours(alice):
    assert "Send me your password" not in alice.get("/work?notice=Send+me+your+password").text


def test_a_named_loop_can_be_taken(world, alice):
    world.flow("fd")
    for name in ("loop-1", "loop-2"):
        world.loop("fd", name)

    taken = alice.post("/work/fd", {"csrf": alice.get("/work").csrf, "loop": "loop-2"})

    assert "loop-2" in alice.get(taken.location).text


def test_the_team_is_named_where_there_are_several(world, enter):
    world.team("dogs")
    world.person("dora", "cats", "dogs")
    world.flow("one")

    assert "Work team" in enter("dora").get("/work").text


def test_the_list_is_sent_again_only_when_it_changed(world, alice):
    world.flow("fd")
    first = alice.get("/work", accept="application/json")

    same = alice.get("/work", accept="application/json", if_none_match=first.headers["etag"])
    world.loop("fd", "loop-1")
    changed = alice.get("/work", accept="application/json", if_none_match=first.headers["etag"])

    assert (200, 304, 200) == (first.status, same.status, changed.status)
    assert changed.json()["waiting"] == 1
    assert "Start working" in changed.json()["html"]


def test_what_a_requester_writes_is_text(world, alice):
    world.flow("fd", title="<b>bold</b>", description="<script>alert(1)</script>")

    page = alice.get("/work").text

    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<script>alert" not in page
