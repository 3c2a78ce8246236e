from datetime import UTC, datetime

from secondlook.clock.invitation_mail import compose
from secondlook.review.invitation_mail import InvitationMail

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
LINK = "https://review.example/welcome/secret"


def invitation(**changes) -> InvitationMail:
    fields = {
        "to": "ana@example.org",
        "kind": "invite",
        "team": "readers",
        "organization": "Archive & Co",
        "contact": "help@archive.example",
        "expires_at": datetime(2026, 3, 3, 9, 15, tzinfo=UTC),
    }
    return InvitationMail(**{**fields, **changes})


def text(mail: InvitationMail) -> str:
    return compose(mail, LINK, "secondlook@archive.example", "id1", NOW).get_body(("plain",)).get_content()


def page(mail: InvitationMail) -> str:
    return compose(mail, LINK, "secondlook@archive.example", "id1", NOW).get_body(("html",)).get_content()


def test_an_invitation_says_who_asks_for_what_until_when_and_whom_to_ask() -> None:
    written = text(invitation())

    assert "Archive & Co invites you in the work team readers" in written
    assert LINK in written
    assert "until 3 March 2026, 09:15 UTC" in written
    assert "Write to help@archive.example" in written
    assert "ana@example.org" in written


def test_without_an_organisation_the_sentences_still_stand() -> None:
    written = text(invitation(organization=None, contact=None, team=None))

    assert "You are invited to look at" in written
    assert "Somebody" not in written
    assert "Questions" not in written


def test_without_an_organisation_the_subject_names_nobody() -> None:
    message = compose(invitation(organization=None), LINK, "a@b.example", "id1", NOW)

    assert "You are invited to review predictions" == message["Subject"]


def test_a_link_for_a_lost_password_invites_nobody() -> None:
    message = compose(invitation(kind="reset", team=None), LINK, "a@b.example", "id1", NOW)

    assert "Choose another password" == message["Subject"]
    assert "invite" not in text(invitation(kind="reset", team=None))
    assert "ana@example.org" in text(invitation(kind="reset", team=None))


def test_the_envelope_names_sender_receiver_and_an_id_that_stays_the_same() -> None:
    message = compose(invitation(), LINK, "Reviews <secondlook@archive.example>", "id1", NOW)

    assert "ana@example.org" == message["To"]
    assert "You are invited by Archive & Co to review predictions" == message["Subject"]
    assert "<id1@archive.example>" == message["Message-ID"]
    assert "auto-generated" == message["Auto-Submitted"]


def test_html_is_escaped() -> None:
    written = page(invitation(organization="<script>alert(1)</script>"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written
    assert "<script>" not in written


def test_a_name_with_line_breaks_stays_in_its_line() -> None:
    message = compose(
        invitation(organization="Archive\r\nBcc: everyone@example.org"), LINK, "a@b.example", "id1", NOW
    )

    assert "You are invited by Archive Bcc: everyone@example.org to review predictions" == message["Subject"]
    assert message["Bcc"] is None


def test_a_sign_in_link_says_so() -> None:
    assert "Sign in to the portal" in text(invitation(kind="signin"))
