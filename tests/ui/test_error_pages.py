"""Pages for what goes wrong speak German too, say what to do, and need nothing that may be broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

from tests.cast import Cast


def test_an_address_that_does_not_exist_is_said_in_german(sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("frieda").get("/gibt-es-nicht/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Diese Seite gibt es nicht" in page
    assert "Tagebuch" in page  # the navigation stands: one is not lost


def test_a_visitor_without_a_sign_in_gets_the_same_page_without_navigation(cast: Cast) -> None:
    page = Client().get("/gibt-es-nicht/").content.decode()
    assert "Diese Seite gibt es nicht" in page
    assert "Tagebuch" not in page


def test_what_a_role_does_not_allow_is_said_in_german(cast: Cast, sign_in: Callable[[str], Client]) -> None:
    request = sign_in("frieda").get("/").wsgi_request
    answer = defaults.permission_denied(request, PermissionError())
    assert answer.status_code == 403
    assert "Ihre Rolle erlaubt das nicht" in answer.content.decode()


def test_a_form_that_was_open_too_long_says_what_to_do() -> None:
    answer = csrf_failure(RequestFactory().post("/"))
    assert answer.status_code == 403
    assert "Bitte senden Sie es noch einmal" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "heading"), [("400.html", "nicht verständlich"), ("500.html", "Hier ist etwas schiefgegangen")]
)
def test_a_page_for_the_worst_case_needs_neither_request_nor_database(page: str, heading: str) -> None:
    text = get_template(page).render()
    assert heading in text
    assert "!!undefined" not in text
