"""The templates of the synthetic county, reviewed and in force, with those who work with them."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import NotRequired, TypedDict

from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.documents.models import Template, TemplateVersion
from kimwerk.documents.services.library import (
    ask_review,
    keep_template,
    note_adoption,
    put_into_force,
    review_version,
    write_version,
)
from kimwerk.documents.types import Language, Licence, TemplateFacts, TemplateKind, Verdict

FIRST, SECOND = date(2022, 1, 10), date(2022, 3, 28)


class TemplateTold(TypedDict):
    """A template with one or two versions."""

    title: str
    kind: str
    licence: str
    purpose: str
    users: list[str]
    outside: list[str]
    first: str
    second: NotRequired[str]


class Library(TypedDict):
    """The data file."""

    templates: list[TemplateTold]


def load_documents(ground: Ground) -> None:
    """Write the templates, have them reviewed, put them into force."""
    text = files("kimwerk.desk.demo").joinpath("documents.toml").read_text(encoding="utf-8")
    library: Library = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    for told in library["templates"]:
        with acting_as(ground, "kim") as kim:
            facts = TemplateFacts(told["title"], TemplateKind(told["kind"]), Licence(told["licence"]), told["purpose"])
            template = keep_template(actor=kim, organisation_id=ground.organisations["rsk"], facts=facts)
        version = _in_force(ground, template, told["first"], FIRST)
        if "second" in told:
            version = _in_force(ground, template, told["second"], SECOND)
        with acting_as(ground, "kim") as kim:
            for adopter in told["users"]:
                note_adoption(actor=kim, version=version, adopter=adopter, adopted_on=SECOND)
            for adopter in told["outside"]:
                note_adoption(actor=kim, version=version, adopter=adopter, adopted_on=SECOND, is_outside=True)


def _in_force(ground: Ground, template: Template, text: str, from_day: date) -> TemplateVersion:
    with acting_as(ground, "kim") as kim:
        version = write_version(actor=kim, template=template, language=Language.GERMAN, text=text.strip())
        ask_review(actor=kim, version=version)
    with acting_as(ground, "doris") as doris:
        review_version(actor=doris, version=version, verdict=Verdict.PASSED)
    with acting_as(ground, "kim") as kim:
        return put_into_force(actor=kim, version=version, from_day=from_day)
