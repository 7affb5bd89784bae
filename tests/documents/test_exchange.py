"""Packages: what leaves one county arrives unaltered in another, with origin and licence, and is reviewed there."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.directory.genericode import read_code_list
from kimwerk.documents.models import Received, Template
from kimwerk.documents.offers import parts_of
from kimwerk.documents.packing import FORM_WITH_PARTS, pack, unpack
from kimwerk.documents.parts import as_genericode, as_people_read, written
from kimwerk.documents.services.exchange import Fate, import_package, make_package, name_of, plan_import
from kimwerk.documents.services.library import keep_template, write_version
from kimwerk.documents.types import (
    DocumentsRefused,
    Language,
    Licence,
    PackedPart,
    PackedTemplate,
    PackedVersion,
    PartKind,
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


LIST = PackedPart(
    PartKind.CODE_LIST, "topic", "Themen", Licence.BY, COUNTY,
    columns=("code", "label"), rows=(("arbeit", "Arbeit <&> \"Ä\""), ("wohnen", "Wohnen")),
)  # fmt: skip
FIGURE = PackedPart(
    PartKind.FIGURE, "needs_named", "Bedarfe", Licence.BY, COUNTY, (("Einheit", "Bedarfe"),), ("Aufgegliedert nach",),
    (("Kommune",), ("Thema",)),
)  # fmt: skip
CELLS = st.text("abÄ€<&\"' ", min_size=1, max_size=8).map(str.strip).filter(bool)


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
    assert "1 Teil übernehmen" in preview
    assert "Hier neu. Vergleichen Sie ihn am Telefon" in preview


@given(st.lists(st.tuples(CELLS, CELLS | st.just("")), max_size=5, unique_by=lambda row: row[0]))
def test_lists_and_descriptions_travel_as_they_were(rows: list[tuple[str, str]]) -> None:
    codes = replace(LIST, rows=tuple(rows))
    assert unpack(pack(KEY, COUNTY, "2022-05-01", (), (codes, FIGURE))).parts == (codes, FIGURE)
    assert [row.values["c0"] for row in read_code_list(as_genericode(codes).encode()).rows] == [row[0] for row in rows]


@given(st.data())
def test_a_part_that_was_altered_anywhere_is_refused(data: st.DataObject) -> None:
    content = pack(KEY, COUNTY, "2022-05-01", (SAMPLE,), (LIST,))
    at = data.draw(st.integers(0, len(content) - 1))
    sign = data.draw(st.sampled_from('aZ0"{}, ').filter(lambda each: each != content[at]))
    package = None
    with suppress(DocumentsRefused):
        package = unpack(content[:at] + sign + content[at + 1 :])
    assert package is None or (package.templates, package.parts) == ((SAMPLE,), (LIST,))


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "virus"}, {"licence": "unknown"}, {"title": ""}, {"origin": ""}, {"genericode": "<!DOCTYPE a><a/>"},
        {"facts": [["a\x00", "b"]]}, {"facts": "x"}, {"genericode": "<CodeList/>"},
    ],
)  # fmt: skip
def test_what_is_signed_but_no_sensible_part_is_refused(changed: dict[str, object]) -> None:
    payload = json.dumps({"sender": "x", "made_on": "y", "templates": [], "parts": [written(LIST) | changed]})
    public = KEY.public_key().public_bytes_raw().hex()
    signature = KEY.sign(f"{FORM_WITH_PARTS}\n{payload}".encode()).hex()
    whole = {"form": FORM_WITH_PARTS, "key": public, "signature": signature, "payload": payload}
    with pytest.raises(DocumentsRefused):
        unpack(json.dumps(whole))


def test_code_lists_figures_and_procedures_go_along_and_are_replaced_by_newer_ones(
    cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    kim, home = act_as(cast.actor("kim")), cast.organisations[COUNTY]
    offered = {name_of(each): each for each in parts_of(kim, home)}
    assert {"code_list:topic", "figure:needs_named", "procedure:checklist-kick_off"} <= set(offered)
    chosen = ["code_list:topic", "figure:needs_named", "procedure:checklist-kick_off"]
    content = make_package(actor=kim, organisation_id=home, template_ids=[], part_keys=chosen)
    klara, there, package = act_as(cast.actor("klara")), cast.organisations[KLEVE], unpack(content)
    assert [each.fate for each in plan_import(klara, there, package)] == [Fate.NEW] * 3
    assert import_package(actor=klara, organisation_id=there, package=package) == 3
    assert [each.fate for each in plan_import(klara, there, package)] == [Fate.KNOWN] * 3
    newer = unpack(pack(KEY, COUNTY, "2022-06-01", (), (replace(offered["code_list:topic"], rows=()), LIST)))
    assert [each.fate for each in plan_import(klara, there, newer)] == [Fate.NEW_VERSION, Fate.NEW_VERSION]
    topics = Received.objects.get(key="topic")
    assert (topics.origin, topics.licence, topics.sender) == (COUNTY, "CC-BY-4.0", COUNTY)
    page = sign_in("klara").get(reverse("documents:received_part", args=[topics.pk])).content.decode()
    assert "Arbeit" in page
    assert f"gesendet von {COUNTY}" in page
    file = sign_in("klara").get(reverse("documents:received_file", args=[topics.pk])).content
    assert "arbeit" in {row.values["c0"] for row in read_code_list(file).rows}
    assert "Themen" in sign_in("klara").get(reverse("documents:received")).content.decode()
    assert "Themen" not in sign_in("frieda").get(reverse("documents:received")).content.decode()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("2022-04-01", "01.04.2022"), ("2022-02-31", "2022-02-31"), ("05381201", "05381201"), ("", "")],
)
def test_days_in_packages_are_shown_as_people_write_them(cell: str, shown: str) -> None:
    assert as_people_read(cell) == shown
