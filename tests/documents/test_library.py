"""Templates: nothing holds without a legal review, nothing reviewed changes, and papers say what was filled in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.documents.docx import as_docx
from kimwerk.documents.filling import blocks_of, filled, placeholders_of
from kimwerk.documents.models import Template, TemplateVersion
from kimwerk.documents.selectors.library import Change, TemplateWish, compared, templates_for, templates_of
from kimwerk.documents.services.library import (
    ask_review,
    keep_template,
    note_adoption,
    put_into_force,
    review_version,
    write_version,
)
from kimwerk.documents.types import (
    DocumentsProblem,
    DocumentsRefused,
    Language,
    Licence,
    TemplateFacts,
    TemplateKind,
    Verdict,
    VersionState,
)
from tests.cast import Cast
from tests.reporting.verapdf import broken_rules

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
COUNTY = "Rhein-Sieg-Kreis"
DAY = date(2022, 4, 1)
TEXT = "# Einwilligung\nIch, {{Name}}, willige ein.\n\n- freiwillig\n- widerruflich\n\nSiegburg, {{Datum}}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


@pytest.fixture
def template(cast: Cast, kim: Actor) -> Template:
    facts = TemplateFacts("Einwilligung", TemplateKind.DECLARATION, Licence.BY)
    return keep_template(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)


def in_force(cast: Cast, act_as: Act, template: Template, text: str = TEXT) -> TemplateVersion:
    kim, doris = cast.actor("kim"), cast.actor("doris")
    version = write_version(actor=act_as(kim), template=template, language=Language.GERMAN, text=text)
    ask_review(actor=kim, version=version)
    review_version(actor=act_as(doris), version=version, verdict=Verdict.PASSED)
    return put_into_force(actor=act_as(kim), version=version, from_day=DAY)


def refusal(errand: Callable[[], object]) -> DocumentsProblem:
    with pytest.raises(DocumentsRefused) as refused:
        errand()
    return refused.value.problem


def test_nothing_holds_before_the_legal_review_has_said_yes(
    cast: Cast, act_as: Act, kim: Actor, template: Template
) -> None:
    version = write_version(actor=kim, template=template, language=Language.GERMAN, text=TEXT)
    into_force = lambda: put_into_force(actor=kim, version=version, from_day=DAY)  # noqa: E731  # asked three times
    assert refusal(into_force) is DocumentsProblem.NOT_IN_REVIEW
    ask_review(actor=kim, version=version)
    assert refusal(into_force) is DocumentsProblem.NOT_REVIEWED
    review_version(actor=act_as(cast.actor("doris")), version=version, verdict=Verdict.CHANGES, remark="Zweck nennen")
    act_as(kim)
    assert refusal(into_force) is DocumentsProblem.NOT_REVIEWED


def test_what_was_handed_to_review_is_never_rewritten_and_its_successor_replaces_it(
    cast: Cast, act_as: Act, template: Template
) -> None:
    first = in_force(cast, act_as, template)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(pk=first.pk).update(text="anders")
    second = in_force(cast, act_as, template, TEXT + "\nund Ort")
    first.refresh_from_db()
    assert (first.state, first.withdrawn_on, second.number) == (VersionState.WITHDRAWN, DAY, 2)


def test_only_what_is_in_force_has_users(cast: Cast, act_as: Act, kim: Actor, template: Template) -> None:
    draft = write_version(actor=kim, template=template, language=Language.ENGLISH, text="Consent")
    adopt = lambda: note_adoption(actor=kim, version=draft, adopter="Hennef", adopted_on=DAY)  # noqa: E731  # as above
    assert refusal(adopt) is DocumentsProblem.NOT_IN_FORCE
    note_adoption(actor=kim, version=in_force(cast, act_as, template), adopter="Hennef", adopted_on=DAY)
    assert list(template.versions.values_list("adoptions__adopter", flat=True).order_by("language")) == ["Hennef", None]


@given(st.dictionaries(st.text("abcÄ ", min_size=1, max_size=8).map(str.strip).filter(bool), st.text(max_size=20)))
def test_each_placeholder_becomes_its_value_and_nothing_else_changes(values: dict[str, str]) -> None:
    text = " | ".join(f"{{{{ {name} }}}}" for name in values)
    assert placeholders_of(text) == tuple(values)
    assert filled(text, values) == " | ".join(value or "_" * 20 for value in values.values())


@given(st.text(max_size=200))
def test_any_text_becomes_a_docx_that_can_be_read(text: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(as_docx("Titel", [text], "de")))
    found = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314  # written by ourselves
    assert len(found.findall(f".//{WORD}p")) == 1 + len(blocks_of(text))
    for name in archive.namelist():
        ElementTree.fromstring(archive.read(name))  # noqa: S314  # as above


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=8), st.lists(st.sampled_from(["a", "b", "c"]), max_size=8))
def test_a_comparison_holds_both_texts(old: list[str], new: list[str]) -> None:
    lines = compared("\n".join(old), "\n".join(new))
    assert [line.text for line in lines if line.change is not Change.ADDED] == old
    assert [line.text for line in lines if line.change is not Change.REMOVED] == new


@pytest.mark.java
def test_a_filled_template_is_an_accessible_pdf_and_a_docx(
    cast: Cast, act_as: Act, template: Template, sign_in: SignIn, tmp_path: Path
) -> None:
    version = in_force(cast, act_as, template)
    url = reverse("documents:fill", args=[version.pk])
    answer = sign_in("frieda").post(url, {"value_0": "Olena Probe", "value_1": "", "paper": "pdf"})
    paper = tmp_path / "einwilligung.pdf"
    paper.write_bytes(answer.content)
    docx = sign_in("frieda").post(url, {"value_0": "Olena Probe", "value_1": "", "paper": "docx"}).content
    assert "Ich, Olena Probe, willige ein." in zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert broken_rules(paper, "PDFUA-1", "PDFA-3A") == {"PDFUA-1": [], "PDFA-3A": []}


def test_a_long_library_is_listed_with_few_questions(
    cast: Cast, kim: Actor, template: Template, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        facts = TemplateFacts(f"Bogen {number}", TemplateKind.INTAKE, Licence.OWN)
        keep_template(actor=kim, organisation_id=template.organisation_id, facts=facts)
    with django_assert_max_num_queries(3):
        keys = templates_for(kim, TemplateWish()).values_list("pk", flat=True)
        found = [(each.title, list(each.versions.all())) for each in templates_of(kim, list(keys))]
    assert len(found) == 6
    write_version(actor=kim, template=template, language=Language.GERMAN, text=TEXT)
    write_version(actor=kim, template=template, language=Language.ENGLISH, text=TEXT)
    assert list(templates_for(kim, TemplateWish(state=VersionState.DRAFT))) == [template], "once, with two drafts"


def test_the_library_is_paged_by_key_there_and_back(cast: Cast, kim: Actor, sign_in: SignIn) -> None:
    for number in range(55):
        facts = TemplateFacts(f"Bogen {number:02}", TemplateKind.INTAKE, Licence.OWN)
        keep_template(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)
    browser, url = sign_in("kim"), reverse("documents:templates")
    first = browser.get(url).content.decode()
    assert "Bogen 49" in first
    assert "Bogen 50" not in first
    after = Template.objects.get(title="Bogen 49").pk
    second = browser.get(f"{url}?after={after}&at=51").content.decode()
    assert "Bogen 50" in second
    assert "Bogen 49" not in second
    before = Template.objects.get(title="Bogen 50").pk
    assert "Bogen 49" in browser.get(f"{url}?before={before}&at=51").content.decode()
