"""Templates that forbid what Django would quietly leave empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from django.conf import settings
from django.test import override_settings


class Forbidden(str):
    """Stands for `string_if_invalid` and raises as soon as a variable is missing."""

    __slots__ = ()

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        raise LookupError(f"undefined in a template: {variable}")


@contextmanager
def no_undefined_variables() -> Iterator[None]:
    """Render with undefined variables forbidden."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = Forbidden("%s")
    with override_settings(TEMPLATES=templates):
        yield
