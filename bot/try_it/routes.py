"""The paths under `/try`: the pages, their news, what is written and tapped on the phones, the mails of the mailbox.

What they show is in `view` and `pages`, what they refuse in `safety`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from bot.try_it.mail_pages import MailPages
from bot.try_it.phone_pages import PhonePages
from bot.try_it.posts import Posts

if TYPE_CHECKING:
    from bot.try_it.try_it import TryIt


def routes(try_it: TryIt) -> list[Route]:
    """Everything under `/try`. The static files are the application's to serve, at `/static`."""
    shown, posts, mail = PhonePages(try_it), Posts(try_it), MailPages(try_it)
    return [
        Route("/try", shown.alone),
        Route("/try/news", shown.news),
        Route("/try/group", shown.together),
        Route("/try/group/news", shown.group_news),
        Route("/try/group/new", posts.group_new, methods=["POST"]),
        Route("/try/picture/{id}", shown.picture),
        Route("/try/sms/new", posts.sms_new, methods=["POST"]),
        Route("/try/telegram/new", posts.telegram_new, methods=["POST"]),
        Route("/try/{phone}/text", posts.text, methods=["POST"]),
        Route("/try/{phone}/tap", posts.tap, methods=["POST"]),
        Route("/try/mail/{key}", mail.letter),
        Route("/try/mail/{key}/html", mail.html),
        Route("/try/mail/{key}/file/{number:int}", mail.file),
    ]
