"""Packages: what leaves one county arrives unaltered in another, with origin and licence, and is reviewed there."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.documents.models import Template
from kimwerk.documents.packing import pack, unpack
from kimwerk.documents.services.exchange import Fate, import_package, make_package, plan_import
from kimwerk.documents.services.library import keep_template, write_version
from kimwerk.documents.types import (
    DocumentsRefused,
    Language,
    Licence,
    PackedTemplate,
    PackedVersion,
    TemplateFacts,
    TemplateKind,
    VersionState,
)
from tests.cast import Cast
from tests.documents.test_library import COUNTY, TEXT, in_force

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
KLEVE = "Kreis Kleve"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
SAMPLE = PackedTemplate(
    "0b6f7d1e-5d6c-4f6e-9a51-2f1f0e6a7c11", "Bogen", TemplateKind.INTAKE, Licence.BY, "", COUNTY,
    (PackedVersion(Language.GERMAN, 3, "# Bogen\nÄ ß €"),),
)  # fmt: skip


@pytest.fixture
def content(cast: Cast, act_as: Act) -> str:
    """A package of the county with the one template that is in force and may leave it."""
    kim, home = act_as(cast.actor("kim")), cast.organisations[COUNTY]
    shared = keep_template(
        actor=kim, organisation_id=home, facts=TemplateFacts("Einwilligung", TemplateKind.DECLARATION, Licence.BY)
    )
    own = keep_template(
        actor=kim, organisation_id=home, facts=TemplateFacts("Dienstplan", TemplateKind.OTHER, Licence.OWN)
    )
    for each in (shared, own):
        in_force(cast, act_as, each)
    return make_package(actor=kim, organisation_id=home, template_ids=[shared.pk, own.pk])


def test_a_package_brings_a_template_to_another_county_with_origin_and_licence(
    cast: Cast, act_as: Act, content: str
) -> None:
    klara, there, package = act_as(cast.actor("klara")), cast.organisations[KLEVE], unpack(content)
    assert [each.title for each in package.templates] == ["Einwilligung"], "what is for the county only stays"
    assert [each.fate for each in plan_import(klara, there, package)] == [Fate.NEW]
    assert import_package(actor=klara, organisation_id=there, package=package) == 1
    taken = Template.objects.get(organisation=there)
    assert (taken.title, taken.origin, taken.licence) == ("Einwilligung", COUNTY, "CC-BY-4.0")
    assert list(taken.versions.values_list("text", "state")) == [(TEXT, VersionState.DRAFT.value)]
    assert [each.fate for each in plan_import(klara, there, package)] == [Fate.KNOWN]
    assert import_package(actor=klara, organisation_id=there, package=package) == 0, "twice brings nothing twice"


def test_a_draft_of_ones_own_is_not_written_over(cast: Cast, act_as: Act, content: str) -> None:
    klara, there = act_as(cast.actor("klara")), cast.organisations[KLEVE]
    import_package(actor=klara, organisation_id=there, package=unpack(content))
    own = Template.objects.get(organisation=there)
    write_version(actor=klara, template=own, language=Language.GERMAN, text="eigener Entwurf")
    assert [each.fate for each in plan_import(klara, there, unpack(content))] == [Fate.OWN_DRAFT]
    assert import_package(actor=klara, organisation_id=there, package=unpack(content)) == 0


@given(st.data())
def test_a_package_that_was_altered_anywhere_is_refused(data: st.DataObject) -> None:
    content = pack(KEY, COUNTY, "2022-05-01", (SAMPLE,))
    at = data.draw(st.integers(0, len(content) - 1))
    sign = data.draw(st.sampled_from('aZ0"{}, ').filter(lambda each: each != content[at]))
    package = None
    with suppress(DocumentsRefused):
        package = unpack(content[:at] + sign + content[at + 1 :])
    assert package is None or package.templates == (SAMPLE,)


@given(st.one_of(st.text(max_size=50), st.recursive(st.none() | st.text(), st.lists).map(json.dumps)))
def test_what_is_no_package_is_refused_and_nothing_else_happens(content: str) -> None:
    with pytest.raises(DocumentsRefused):
        unpack(content)


def test_an_altered_package_is_said_on_the_page(sign_in: SignIn, content: str) -> None:
    altered = SimpleUploadedFile("paket.json", content.replace("willige ein", "willige nie ein").encode())
    page = sign_in("klara").post(reverse("documents:read_package"), {"package": altered}).content.decode()
    assert "Das Paket wurde nach dem Signieren verändert. Nichts wurde übernommen." in page
    whole = SimpleUploadedFile("paket.json", content.encode())
    preview = sign_in("klara").post(reverse("documents:read_package"), {"package": whole}).content.decode()
    assert "1 Fassung übernehmen" in preview
    assert "Hier neu. Vergleichen Sie ihn am Telefon" in preview
