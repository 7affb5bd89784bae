"""Numbers and days in templates are German."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from kimwerk.ui.components import NavItem


def shown(source: str, **variables: object) -> str:
    return Template("{% load ui %}" + source).render(Context(variables))


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ it|number }}", 1233, "1.233"),
        ("{{ it|number:2 }}", Decimal("2.5"), "2,50"),
        ("{{ it|percent }}", Decimal("0.87"), "87\u00a0%"),
        ("{{ it|day }}", date(2026, 4, 1), "01.04.2026"),
        ("{{ it|day }}", datetime(2026, 3, 31, 22, 30, tzinfo=UTC), "01.04.2026"),
        ("{{ it|clock }}", datetime(2026, 4, 1, 12, 5, tzinfo=UTC), "14:05"),
    ],
)
def test_values_read_as_in_germany(source: str, value: object, text: str) -> None:
    assert shown(source, it=value) == text


def test_one_parameter_changes_and_the_rest_of_the_address_stays() -> None:
    request = RequestFactory().get("/?kind=net&page=3")
    template = Template("{% load ui %}{% query_with page=4 %}|{% query_with page=None kind='x' %}")
    assert template.render(RequestContext(request)) == "?kind=net&amp;page=4|?kind=x"


def test_htmx_may_neither_evaluate_nor_write_styles_nor_keep_pages() -> None:
    settings = json.loads(shown("{% htmx_config %}"))
    assert settings["allowEval"] is False
    assert settings["includeIndicatorStyles"] is False
    assert settings["historyCacheSize"] == 0


def test_what_is_kept_differs_with_its_arguments_and_with_the_language() -> None:
    source = '{% kept "ui/components/navigation.html" items=items label="Weg" %}'
    first, second = ((NavItem(title, "/"),) for title in ("Tagebuch", "Netzwerk"))
    assert "Netzwerk" not in shown(source, items=first)
    assert "Netzwerk" in shown(source, items=second)
    links = '{% kept "ui/components/skip_links.html" has_navigation=True has_search=False %}'
    with translation.override("de"):
        german = shown(links)
    with translation.override("en"):
        assert shown(links) != german
