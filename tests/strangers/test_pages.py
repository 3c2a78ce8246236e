"""The pages that are open to everybody cost no more for being asked in many ways, or many times at once."""

from __future__ import annotations

import resource
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError

from secondlook.app.ports.limits import DESCRIPTORS
from secondlook.pages.throttle import PER_PAIR

BUNDLE = "built/crowd-html-elements.js"


def statuses(victim, paths):
    """How often each status was answered."""
    counted = Counter()
    with closing(HTTPConnection("127.0.0.1", victim.server.port, timeout=30)) as connection:
        for path in paths:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            counted[answer.status] += 1
    return counted


def test_2200_spellings_of_one_file_are_one_file(victim):
    paths = [f"/static/{'./' * number}{BUNDLE}" for number in range(2200)]

    assert statuses(victim, paths) == {200: 2200}
    assert victim.memory < 1.5 * victim.at_rest


def test_paths_that_no_file_can_have_are_not_found(victim):
    assert statuses(victim, ["/static/%00", "/static/a%00.js", f"/static/{'a' * 5000}", "/static/%ff"]) == {
        404: 4
    }


def test_of_40_guesses_at_once_six_are_looked_at_at_most(victim):
    form = urllib.parse.urlencode({"email": "nobody@example.org", "password": "a guess at it"}).encode()

    def guess(_number):
        try:
            urllib.request.urlopen(f"{victim.server.url}/sign-in", form, timeout=30)
        except HTTPError as error:
            return error.code
        return 200

    with ThreadPoolExecutor(40) as threads:
        answers = Counter(threads.map(guess, range(40)))

    assert answers[403] <= PER_PAIR
    assert answers[403] + answers[429] == 40


def test_who_guesses_at_many_passwords_keeps_nobody_from_the_page(victim):
    """One address, a hundred invented people: what cannot be looked at soon is refused at once."""
    answers = Counter()

    def guess(number):
        form = urllib.parse.urlencode({"email": f"{number}@example.org", "password": "a guess at it"})
        connection = HTTPConnection(
            "127.0.0.1", victim.server.port, timeout=60, source_address=("127.6.0.1", 0)
        )
        with closing(connection):
            connection.request(
                "POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded"}
            )
            answers[connection.getresponse().status] += 1

    with ThreadPoolExecutor(60) as threads:
        guesses = [threads.submit(guess, number) for number in range(60)]
        seen = 0
        while not all(guess.done() for guess in guesses):
            assert statuses(victim, ["/sign-in"]) == {200: 1}
            seen += 1

    assert answers[429] > 0
    assert answers[403] + answers[429] == 60
    assert seen > 3


def test_the_server_may_open_as_many_files_as_the_system_lets_it(victim):
    lines = Path(f"/proc/{victim.server.process.pid}/limits").read_text().splitlines()
    soft = next(line for line in lines if line.startswith("Max open files")).split()[3]
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    assert int(soft) >= (DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard))
