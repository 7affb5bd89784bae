"""What the import contracts cannot see: keys, doors, texts and names of the house."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model
from django.urls import URLPattern, URLResolver, get_resolver

from kimwerk.access.doors import door_of
from kimwerk.kernel.personal import PersonalField
from scripts.messages import KEYWORDS
from tests.architecture.floors import SOURCE, floor_of, floors, rooms

ROOMS_WITH_MODELS = [
    "accounts",
    "activities",
    "arrivals",
    "audit",
    "casework",
    "consent",
    "directory",
    "documents",
    "early_language",
    "events",
    "finance",
    "needs",
    "network",
    "persons",
    "reporting",
    "staffing",
    "steering",
    "surveys",
]


def own_models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("kimwerk."):
            yield model


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def urls(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the program with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from urls(pattern, namespace + inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def sources(kind: str) -> list[Path]:
    return [path for path in SOURCE.rglob(kind) if "built" not in path.parts]


def test_every_room_has_its_floor() -> None:
    known = set().union(*floors())
    assert set(rooms()) <= known


@pytest.mark.parametrize("room", rooms())
def test_every_room_says_what_it_is_for(room: str) -> None:
    docstring = importlib.import_module(f"kimwerk.{room}").__doc__ or ""
    assert len(docstring.split()) >= 10, f"kimwerk.{room} has no docstring that tells its purpose"


def test_every_foreign_key_points_downwards() -> None:
    upward = []
    for model in own_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, ForeignKey) or not isinstance(target, type):
                continue
            if not target.__module__.startswith("kimwerk.") or room_of(target) == room_of(model):
                continue
            if floor_of(room_of(target)) <= floor_of(room_of(model)):
                upward.append(f"{model.__name__}.{field.name}")
            if field.remote_field.related_name != "+":
                upward.append(f"{model.__name__}.{field.name} leaves a trace in a lower room")
    assert upward == []


def test_models_are_found_by_import_not_by_name() -> None:
    offenders = [
        str(path.relative_to(SOURCE))
        for path in sources("*.py")
        if not {"migrations", "migrating.py"} & set(path.parts) and "get_model(" in path.read_text(encoding="utf-8")
    ]
    assert offenders == []


def test_every_door_declares_who_may_enter() -> None:
    undeclared = [name for name, pattern in urls() if door_of(pattern.callback) is None]
    assert undeclared == []


@pytest.mark.parametrize("room", ROOMS_WITH_MODELS)
def test_every_field_is_declared_to_data_protection(room: str) -> None:
    declared: dict[str, dict[str, PersonalField]] = importlib.import_module(f"kimwerk.{room}.privacy").FIELDS
    actual = {
        model.__name__: {field.name for field in model._meta.concrete_fields}
        for model in own_models()
        if room_of(model) == room
    }
    assert {model: set(fields) for model, fields in declared.items()} == actual


def test_no_template_is_unused() -> None:
    texts = "\n".join(
        path.read_text(encoding="utf-8") for kind in ("*.py", "*.html", "*.svg") for path in sources(kind)
    )
    unused = []
    for path in sources("*.html") + sources("*.svg"):
        if "templates" not in path.parts:
            continue
        name = "/".join(path.parts[path.parts.index("templates") + 1 :])
        overrides_library = name.split("/")[0] in {"account", "mfa", "usersessions", "allauth", "django"}
        is_error_page = re.fullmatch(r"\d{3}(_csrf)?\.html", name)
        if name not in texts and not overrides_library and not is_error_page:
            unused.append(name)
    assert unused == []


GERMAN = re.compile(r"[äöüÄÖÜß]|\b(und|oder|nicht|bitte|Sie|wird|wurde|für|kein|keine)\b")
# words that are read or invented, not shown as texts of the program
GERMAN_DATA = {"demo", "data", "headers.py", "plausibility"}


def german_literals(path: Path) -> Iterator[str]:
    """String literals with German in them that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        if is_text and len(node.value.split()) > 2 and GERMAN.search(node.value):
            yield f"{path.relative_to(SOURCE)}:{node.lineno} {node.value[:60]}"


def test_german_stands_in_the_catalogues_only() -> None:
    found = [
        literal
        for path in sources("*.py")
        if not GERMAN_DATA & set(path.parts) and "migrations" not in path.parts
        for literal in german_literals(path)
    ]
    assert found == []


def test_no_english_text_stands_bare_in_a_template() -> None:
    bare = []
    for path in sources("*.html"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(
            r"{%\s*comment.*?endcomment\s*%}|{%\s*blocktrans.*?endblocktrans\w*\s*%}|"
            r"{%\s*block layout\s*%}.*?endblock\s*%}",
            "",
            text,
            flags=re.S,
        )
        text = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}|<!--.*?-->|<(script|style)\b.*?</\1>", " ", text, flags=re.S)
        text = re.sub(r"<[^>]*>", " ", text)
        words = re.findall(r"[A-Za-zÄÖÜäöüß]{3,}", text)
        if [
            word
            for word in words
            if word not in {"kimwerk", "nbsp", "doctype", "html", "EUPL", "CSV", "XLSX", "PDF", "KIM"}
        ]:
            bare.append(f"{path.relative_to(SOURCE)}: {words[:5]}")
    assert bare == []


def test_texts_are_collected_under_every_name_by_which_they_are_asked_for() -> None:
    """A name of our own that nobody collects is an English text on a German page."""
    renamed = re.compile(r"\bn?p?gettext(?:_lazy|_noop)? as (\w+)")
    names = {name for path in sources("*.py") for name in renamed.findall(path.read_text(encoding="utf-8"))}
    assert names - set(KEYWORDS) == set()


EXPLAINED = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type:\s*ignore\[[\w, -]+\])\s*[-#]+\s*\w+")
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore)")


def test_suppressions_stay_rare_and_say_why() -> None:
    lines = [line for path in sources("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    suppressed = [line for line in lines if SUPPRESSION.search(line)]
    unexplained = [line for line in suppressed if not EXPLAINED.search(line)]
    assert unexplained == []
    assert len(suppressed) <= max(12, len(lines) // 500)
