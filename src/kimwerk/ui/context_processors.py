"""What every template of the project finds without asking: the layout and what has just happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kimwerk.ui.notices import notices_of
from kimwerk.ui.shell import shell_of


def layout(request: HttpRequest) -> Mapping[str, object]:
    """`shell` and `notices`; each is only worked out by pages that show it."""
    return {
        "shell": SimpleLazyObject(partial(shell_of, request)),
        "notices": partial(notices_of, request),
    }
