import pytest

from secondlook.review.errors import Invalid
from secondlook.review.people import email


def test_case_and_surrounding_space_do_not_matter():
    assert email.normal("  Alice@Example.ORG ") == "alice@example.org"


@pytest.mark.parametrize(
    "given", ["", "alice", "alice@", "@example.org", "a b@example.org", "a@b\n@c", "a@" + "b" * 254, "a@b@c"]
)
def test_what_cannot_be_an_address_is_refused_by_name(given):
    with pytest.raises(Invalid, match="is not an e-mail address"):
        email.normal(given)
