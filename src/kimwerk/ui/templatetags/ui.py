"""What templates of every room may use: German numbers and days, and addresses with one thing changed."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.http import QueryDict
from django.template import Library, loader
from django.template.context import RequestContext
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from kimwerk.kernel import german
from kimwerk.ui import markup
from kimwerk.ui.components import Number
from kimwerk.ui.listing import url_with

register = Library()
for component in (markup.icon, markup.badge, markup.cell, markup.rows, markup.foot, markup.options, markup.attributes):
    register.simple_tag(component)


@register.simple_tag
def kept(template: str, **arguments: Hashable) -> SafeString:
    """A component that says the same wherever its arguments and the language are the same: made once and kept.

    For what stands on every page. The arguments must not change and must not name the reader.
    """
    return _rendered(template, translation.get_language(), tuple(arguments.items()))


@register.filter
def number(value: Number, places: int | None = None) -> str:
    """1233 as "1.233"; with an argument rounded to so many decimals."""
    return german.number(value, places)


@register.filter
def percent(share: Decimal, places: int = 0) -> str:
    """A share (0.87) as "87 %"."""
    return german.percent(share, places)


@register.filter
def day(value: date) -> str:
    """A day, or the local day of an instant, as "21.04.2022"."""
    return german.day(_local(value))


@register.filter
def clock(value: datetime) -> str:
    """The local time of an instant as "14:05"."""
    return f"{_local(value):%H:%M}"


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: str | int | None) -> str:
    """The query part of this page's address with some parameters changed; None takes one out."""
    request = context.request
    return url_with(request.GET if request else QueryDict(), **changes)


@register.simple_tag
def htmx_config() -> SafeString:
    """The settings of htmx for a meta tag: nothing evaluated, no styles written, no page kept in the browser."""
    return HTMX_CONFIG


@lru_cache(maxsize=1024)
def _rendered(template: str, _language: str | None, arguments: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return loader.render_to_string(template, dict(arguments))


HTMX_CONFIG = mark_safe(
    '{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,'
    '"scrollBehavior":"instant","timeout":20000,"responseHandling":['
    '{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},'
    '{"code":"[45]..","swap":false,"error":true}]}'
)


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
