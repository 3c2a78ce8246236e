"""The text of a mail with a link, plain and as simple HTML. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from secondlook.review.invitation_mail import InvitationMail


@dataclass(frozen=True, slots=True)
class _Wording:
    subject: str
    reason: str
    button: str


def compose(mail: InvitationMail, link: str, sender: str, message_id: str, now: datetime) -> EmailMessage:
    """A message with the link, who asks, whom to ask, and until when the link works.

    `message_id` is the same for every try, so that a mail program shows a repeated mail once.
    """
    wording = _wording(mail)
    until = mail.expires_at.strftime("%d %B %Y, %H:%M UTC").lstrip("0")
    closing = f"The link works once, until {until}."
    contact = f"Questions? Write to {_line(mail.contact)}." if mail.contact else ""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = wording.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2].strip('>') or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    sentences = [wording.reason, f"{wording.button}:\n{link}", closing, contact, _UNEXPECTED]
    message.set_content("Hello,\n\n" + "\n\n".join(filter(None, sentences)) + "\n")
    message.add_alternative(_html(wording, link, [closing, contact, _UNEXPECTED]), subtype="html")
    return message


_UNEXPECTED = "If you did not expect this, you can ignore it: nothing happens until the link is used."


def _wording(mail: InvitationMail) -> _Wording:
    who = _line(mail.organization)
    if mail.kind == "signin":
        return _Wording(
            "Your sign-in link", "Here is your link to the review portal.", "Sign in to the portal"
        )
    if mail.kind == "reset":
        return _Wording(
            "Choose another password",
            f"Somebody who runs the review portal lets you choose another password for {mail.to}. "
            "Until you do, the one you have goes on working.",
            "Choose another password",
        )
    if mail.kind == "admin":
        return _Wording("Set up secondlook", "You are to be the first admin.", "Set up your account")
    where = f" in the work team {_line(mail.team)}" if mail.team else ""
    return _Wording(
        f"You are invited{f' by {who}' if who else ''} to review predictions",
        f"{f'{who} invites you' if who else 'You are invited'}{where} to look at what a machine predicted, and to correct it where it is wrong. "
        f"You sign in with this address: {mail.to}",
        "Choose a password and begin",
    )


def _html(wording: _Wording, link: str, rest: list[str]) -> str:
    style = "font:16px/1.5 system-ui,sans-serif;color:#1b1f24;max-width:36em;margin:2em auto;padding:0 1em"
    button = "background:#0b57d0;color:#fff;padding:.6em 1.2em;border-radius:6px;text-decoration:none"
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in rest if sentence)
    return (
        f'<!doctype html><html lang="en"><body style="{style}"><p>Hello,</p><p>{escape(wording.reason)}</p>'
        f'<p><a href="{escape(link)}" style="{button}">{escape(wording.button)}</a></p>'
        f'<p>Or copy this address: <br><span style="word-break:break-all">{escape(link)}</span></p>'
        f"{paragraphs}</body></html>"
    )


def _line(text: str | None) -> str:
    """In one line: a name with a line break must not become a header or a paragraph of its own."""
    return " ".join((text or "").split())
