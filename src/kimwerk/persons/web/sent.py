"""Numbers that a form carries along, such as the version that was read."""

from __future__ import annotations

from django.http import HttpRequest


def sent_number(request: HttpRequest, name: str, otherwise: int) -> int:
    """The whole number sent under this name; the other one where none was."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() else otherwise
