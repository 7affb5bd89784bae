"""How the gallery shows a component with arguments that are made in Python."""

from __future__ import annotations

from collections.abc import Mapping

from django.template import Library
from django.template.loader import render_to_string

register = Library()


@register.simple_tag
def component(template: str, arguments: Mapping[str, object]) -> str:
    """Render a component with these arguments and nothing else, as `include ... only` does."""
    return render_to_string(template, dict(arguments))
