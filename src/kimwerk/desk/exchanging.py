"""What an office may send another county beside templates: code lists, figures, procedures, surveys without answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.activities.web.wording import LISTS
from kimwerk.desk.packed_surveys import packed_survey
from kimwerk.directory.models import Organisation
from kimwerk.documents.types import Licence, PackedPart, PartKind
from kimwerk.events.selectors.events import template_of
from kimwerk.events.types import EventKind
from kimwerk.reporting.catalogue import figures
from kimwerk.reporting.wording import unit_label
from kimwerk.steering.models import InForce
from kimwerk.surveys.selectors.surveys import questions_of, surveys_for

LICENCE = Licence.BY
"""Lists, definitions and procedures name their origin wherever they go."""


def parts_for_packages(actor: Actor, organisation_id: int) -> tuple[PackedPart, ...]:
    """Everything of an office that may go into a package beside templates. It tells of nobody."""
    home = Organisation.objects.get(pk=organisation_id).name
    return (
        *_code_lists(home),
        *_procedures(actor, organisation_id, home),
        *_surveys(actor, organisation_id, home),
        *_figures(home),
    )


def _code_lists(home: str) -> Iterator[PackedPart]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    found = Category.objects.order_by("category_list", "position", "label")
    for each in found.values_list("category_list", "code", "label", "group", "valid_from", "valid_until"):
        category_list, code, label, group, begins, ends = each
        days = (begins.isoformat() if begins else "", ends.isoformat() if ends else "")
        rows.setdefault(category_list, []).append((code, label, group, *days))
    for key in CategoryList:
        if key.value in rows:
            yield PackedPart(
                PartKind.CODE_LIST,
                key.value,
                str(LISTS[key]),
                LICENCE,
                home,
                columns=("code", "label", "group", "valid_from", "valid_until"),
                rows=tuple(rows[key.value]),
            )


def _procedures(actor: Actor, organisation_id: int, home: str) -> Iterator[PackedPart]:
    """What committees put into force for uniform action, and the checklists of events."""
    rules = InForce.objects.visible_to(actor).filter(organisation=organisation_id).order_by("resolution", "from_day")
    told = rules.values_list("resolution", "procedure", "ground", "from_day", "municipality__name")
    procedures: dict[int, PackedPart] = {}
    for resolution, procedure, ground, from_day, place in told:
        before = procedures.get(resolution)
        procedures[resolution] = PackedPart(
            PartKind.PROCEDURE,
            f"resolution-{resolution}",
            procedure,
            LICENCE,
            home,
            ((_("Resolved by"), ground),),
            (_("Municipality"), _("Holds from")),
            (*(before.rows if before else ()), (place, from_day.isoformat())),
        )
    yield from procedures.values()
    for kind in EventKind:
        steps = template_of(organisation_id, kind)
        if steps:
            yield PackedPart(
                PartKind.PROCEDURE,
                f"checklist-{kind.value}",
                _("Checklist: %(kind)s") % {"kind": kind.label},
                LICENCE,
                home,
                columns=(_("Days after the event"), _("Step")),
                rows=tuple((str(step.days), step.title) for step in steps),
            )


def _surveys(actor: Actor, organisation_id: int, home: str) -> Iterator[PackedPart]:
    for survey in surveys_for(actor).filter(organisation=organisation_id):
        if questions := questions_of(survey):
            yield packed_survey(survey, questions, LICENCE, home)


def _figures(home: str) -> Iterator[PackedPart]:
    for each in figures():
        yield PackedPart(
            PartKind.FIGURE,
            each.key,
            str(each.title),
            LICENCE,
            home,
            (
                (_("Unit"), unit_label(each.unit)),
                (_("What is counted"), str(each.counts)),
                (_("Among whom"), str(each.population)),
            ),
            (_("Broken down by"),) if each.dimensions else (),
            tuple((str(dimension.title),) for dimension in each.dimensions),
        )
