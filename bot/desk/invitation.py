"""The mail with the link that signs in: worded once, with nothing in it but the link."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.desk.sign_ins import LINK_MINUTES
from bot.desk.view import TEMPLATES
from bot.messages import Mail, Outgoing
from bot.pages.drawing import drawn

if TYPE_CHECKING:
    from bot.contacts import Contact
    from bot.texts import Texts


def invitation(texts: Texts, contact: Contact, link: str, name: str, now: float) -> Outgoing:
    """The mail to a contact; `name` is its own id, `now` epoch seconds."""
    locale = contact.locale(texts.locales)
    words = {
        "t": partial(texts.get, locale),
        "locale": locale,
        "name": contact.name,
        "link": link,
        "minutes": LINK_MINUTES,
    }
    body = Mail(
        id=name,
        subject=texts.get(locale, "desk.mail.subject"),
        text=drawn(TEMPLATES, "sign_in_mail.txt", words),
        html=drawn(TEMPLATES, "sign_in_mail.html", words),
        locale=locale,
    )
    return Outgoing(id=name, channel="mail", address=contact.mail, body=body, created=now)
