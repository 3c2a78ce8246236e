"""Each release leaves a heading in the changelog and an installation to go on from."""

import re
from pathlib import Path

import secondlook
from tests.releases.installation import number, releases

ROOT = Path(__file__).parents[2]
HEADINGS = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_the_changelog_is_kept_per_release_newest_first():
    assert HEADINGS[0] == "Unreleased"
    dated = [re.fullmatch(r"(\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d", heading) for heading in HEADINGS[1:]]
    assert all(dated)
    numbers = [number(match[1]) for match in dated]
    assert numbers == sorted(numbers, reverse=True)
    assert number(secondlook.__version__) > numbers[0]
    assert [release.name for release in reversed(releases())] == [match[1] for match in dated]
