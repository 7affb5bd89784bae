"""Every component renders from its documented arguments, and stands in the gallery."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from django.template.loader import render_to_string

from kimwerk.ui.web import gallery
from kimwerk.ui.web.examples import examples
from kimwerk.ui.web.gallery import COMPONENTS, component_templates, documentation, entries
from tests.ui.strictness import no_undefined_variables

VOID: Final = {"input", "meta", "link", "br", "hr", "img", "wbr", "rect", "path", "circle"}


class Balance(HTMLParser):
    """Follows opening and closing tags."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.faults += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content needs no closing."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


@pytest.mark.parametrize("template", component_templates())
def test_a_component_renders_from_its_arguments_alone(template: str) -> None:
    with no_undefined_variables():
        for example in examples()[template]:
            assert render_to_string(template, dict(example.arguments)).strip()


@pytest.mark.parametrize("template", component_templates())
def test_a_component_is_whole_and_obeys_the_content_policy(template: str) -> None:
    for example in examples()[template]:
        parser = Balance()
        parser.feed(render_to_string(template, dict(example.arguments)))
        assert (parser.open, parser.faults) == ([], [])


@pytest.mark.parametrize("template", component_templates())
def test_a_component_documents_every_argument_that_its_examples_pass(template: str) -> None:
    purpose, arguments = documentation(template)
    documented = {argument.name for argument in arguments}
    passed = {name for example in examples()[template] for name in example.arguments}
    assert purpose.endswith(".")
    assert passed <= documented


def test_every_component_stands_in_the_gallery_and_nothing_else_does() -> None:
    assert {entry.template for entry in entries()} == set(examples()) == set(component_templates())
    assert all(entry.examples for entry in entries())


def test_a_component_without_documentation_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bare.html").write_text("<p></p>", encoding="utf-8")
    monkeypatch.setattr(gallery, "COMPONENTS", tmp_path)
    with pytest.raises(ValueError, match="does not begin"):
        documentation("ui/components/bare.html")


def test_components_include_one_another_with_only() -> None:
    offenders = [
        f"{path.name}: {tag}"
        for path in COMPONENTS.glob("*.html")
        for tag in re.findall(r"{% include .*? %}", path.read_text(encoding="utf-8"))
        if "only %}" not in tag and "django/forms" not in tag
    ]
    assert offenders == []
