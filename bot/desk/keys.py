"""The keys of the desk, each with a hash tag of its own. Redis lets all of them lapse.

{desk:<mark>}:link       string  whom a link signs in, and in which browser
{desk:<mark>}:taken      string  that it was used
{desk:<mark>}:session    string  who is signed in
{desk:<mark>}:tries      string  how often a link was asked for, by one browser's machine or for one address
{desk:<mark>}:<token>    string  that such a try was counted
{export:<mark>}:state    string  whose an export is, how far it is
{export:<mark>}:<number> string  a piece of its file
"""

from __future__ import annotations


def sign_in(mark: str, name: str) -> str:
    """Something about signing in."""
    return f"{{desk:{mark}}}:{name}"


def export(mark: str, name: str) -> str:
    """Something of an export."""
    return f"{{export:{mark}}}:{name}"
