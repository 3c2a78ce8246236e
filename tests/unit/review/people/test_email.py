import pytest

from secondlook.review.errors import Invalid
from secondlook.review.people import email


def test_case_and_surrounding_space_do_not_matter():
    assert email.normal("  Alice@Example.ORG ") == "alice@example.org"


def test_of_a_list_every_address_that_cannot_be_one_is_named():
    with pytest.raises(Invalid, match=r"'foo', 'b@' and '@c' are not e-mail addresses; one looks like"):
        email.normal_all(["foo", "a@example.org", "b@", "@c", "foo"])


def test_a_list_holds_each_address_once():
    assert ["a@x.org", "b@x.org"] == email.normal_all(["A@x.org", "b@x.org", " a@X.org "])


@pytest.mark.parametrize(
    "text", ["", "alice", "alice@", "@example.org", "a b@example.org", "a@b\n@c", "a@" + "b" * 254, "a@b@c"]
)
def test_what_cannot_be_an_address_is_refused_by_name(text):
    with pytest.raises(Invalid, match="is not an e-mail address"):
        email.normal(text)
