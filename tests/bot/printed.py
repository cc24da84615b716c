"""What stands on paper, as plain text."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader


def printed(pdf: bytes) -> tuple[str, ...]:
    """The text of every page."""
    return tuple(plain(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)


def plain(text: str) -> str:
    """Without line breaks and ligatures, which are the paper's."""
    for one, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi")):
        text = text.replace(one, letters)
    return re.sub(r"\s+", " ", text)
