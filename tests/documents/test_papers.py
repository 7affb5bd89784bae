"""Papers: written so that others read them, and read without believing what comes from outside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.documents import archives
from kimwerk.documents.docx import as_docx
from kimwerk.documents.filling import blocks_of
from kimwerk.documents.models import TemplateVersion
from kimwerk.documents.odt import ODT, as_odt
from kimwerk.documents.reading import text_of
from kimwerk.documents.services.library import keep_template
from kimwerk.documents.types import (
    DocumentsProblem,
    DocumentsRefused,
    Licence,
    TemplateFacts,
    TemplateKind,
)
from tests.cast import Cast
from tests.documents.test_library import COUNTY, TEXT

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
WORDS = st.text("abÄß€ <&>\"'{}", min_size=1, max_size=12).map(str.strip).filter(bool)
LINES = st.lists(st.tuples(st.sampled_from(["", "# ", "## ", "- "]), WORDS).map("".join), min_size=1, max_size=6)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:t>&a;&b;</w:t></w:p>'
    "</w:document>"
)


def problem(content: bytes) -> DocumentsProblem:
    with pytest.raises(DocumentsRefused) as refused:
        text_of(content)
    return refused.value.problem


@given(LINES)
def test_a_paper_that_was_written_is_read_with_the_same_blocks(lines: list[str]) -> None:
    text = "\n\n".join(line for line in lines if not line.startswith("• "))
    wanted = [(block.kind, [" ".join(line.split()) for line in block.lines]) for block in blocks_of(f"# Titel\n{text}")]
    for paper in (as_docx("Titel", [text], "de"), as_odt("Titel", [text], "de")):
        read = [(block.kind, [" ".join(line.split()) for line in block.lines]) for block in blocks_of(text_of(paper))]
        assert read == wanted


def test_an_odt_begins_with_its_kind_and_every_copy_on_a_new_page() -> None:
    paper = as_odt("Brief", ["Eins  zwei\nDrei", "- Vier"], "ar")
    archive = zipfile.ZipFile(io.BytesIO(paper))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, archive.read("mimetype").decode()) == ("mimetype", 0, ODT)
    for name in archive.namelist()[1:]:
        ElementTree.fromstring(archive.read(name))  # noqa: S314  # written by ourselves
    content = archive.read("content.xml").decode()
    assert content.count('text:style-name="NewPage"') == 1
    assert 'style:writing-mode="rl-tb"' in archive.read("styles.xml").decode()
    assert as_docx("Brief", ["a", "b"], "de") != as_docx("Brief", ["ab"], "de")
    assert text_of(paper) == "# Brief\n\nEins  zwei\nDrei\n\n# Brief\n\n- Vier"


def test_what_is_no_paper_is_refused_and_no_entity_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problem(b"%PDF-1.7") is DocumentsProblem.NO_PAPER
    assert problem(archives.packed({"anything.xml": "<a/>"})) is DocumentsProblem.NO_PAPER
    assert problem(archives.packed({"word/document.xml": LAUGHS})) is DocumentsProblem.NO_PAPER
    assert problem(archives.packed({"content.xml": "<broken"})) is DocumentsProblem.NO_PAPER
    monkeypatch.setattr(archives, "LARGEST_PART", 1000)
    bomb = archives.packed({"content.xml": "<a>" + " " * 100_000 + "</a>"})
    assert len(bomb) < 1000
    assert problem(bomb) is DocumentsProblem.PAPER_TOO_LARGE
    assert problem(archives.packed({f"{n}": "" for n in range(archives.MOST_PARTS + 1)})) is (
        DocumentsProblem.PAPER_TOO_LARGE
    )


def test_what_was_struck_out_and_notes_stay_behind_and_cells_stand_in_a_line() -> None:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    said = (
        f'<d xmlns:text="{names}:text:1.0" xmlns:table="{names}:table:1.0"><text:tracked-changes><text:p>weg</text:p>'
        "</text:tracked-changes><text:p>Ich<text:note><text:p>Fußnote</text:p></text:note> bin<text:tab/>da</text:p>"
        "<table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>{{Name}}"
        "</text:p></table:table-cell></table:table-row></d>"
    )
    assert text_of(archives.packed({"content.xml": said})) == "Ich bin da\n\nName | {{Name}}"


def test_a_version_begins_with_the_text_of_a_paper_and_is_saved_only_then(
    cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    facts = TemplateFacts("Einwilligung", TemplateKind.DECLARATION, Licence.BY)
    template = keep_template(actor=act_as(cast.actor("kim")), organisation_id=cast.organisations[COUNTY], facts=facts)
    url, kim = reverse("documents:write_version", args=[template.pk]), sign_in("kim")
    paper = SimpleUploadedFile("einwilligung.odt", as_odt("Einwilligung", [TEXT], "de"))
    page = kim.post(url, {"language": "de", "text": "", "reason": "", "paper": paper}).content.decode()
    assert "Ich, {{Name}}, willige ein." in page
    assert "Lesen Sie ihn, dann speichern Sie ihn als Entwurf." in page
    act_as(cast.actor("kim"))
    assert not TemplateVersion.objects.exists()
    nothing = SimpleUploadedFile("einwilligung.odt", b"nichts")
    page = kim.post(url, {"language": "de", "text": "getippt", "reason": "", "paper": nothing}).content.decode()
    assert "Daraus lässt sich kein Text lesen." in page
    assert "getippt" in page


def test_a_word_paper_with_its_own_styles_lists_and_tables_is_read() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    said = (
        f'<w:document xmlns:w="{word}"><w:body>'
        '<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Ziel</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:pStyle w:val="berschrift3"/></w:pPr><w:r><w:t>Näheres</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Ich, </w:t></w:r><w:r><w:t>{{Name}}</w:t><w:br/><w:t>bin da.</w:t></w:r>"
        "<w:del><w:r><w:delText>gestrichen</w:delText></w:r></w:del><w:ins><w:r><w:t> Neu.</w:t></w:r></w:ins></w:p>"
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>erstens</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:pStyle w:val="Listenabsatz"/></w:pPr><w:r><w:t>zweitens</w:t></w:r></w:p><w:p/>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl></w:body></w:document>"
    )
    read = text_of(archives.packed({"word/document.xml": said}))
    assert read == "# Ziel\n\n## Näheres\n\nIch, {{Name}}\nbin da. Neu.\n\n- erstens\n- zweitens\n\na | b"
