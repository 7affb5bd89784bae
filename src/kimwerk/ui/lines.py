"""Lines of text fields that hold one thing each."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext


def named_address(line: str) -> tuple[str, str]:
    """Name and e-mail out of a line such as "Jana Muster; jana@example.org". Raises ValidationError."""
    name, _semicolon, email = (part.strip() for part in line.partition(";"))
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(gettext("No address in this line: %(line)s") % {"line": line.strip()[:80]}) from None
    return name or email, email
