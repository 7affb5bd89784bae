"""Filling a template in force with what another room knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.documents.filling import filled, placeholders_of
from kimwerk.documents.models import TemplateVersion
from kimwerk.documents.types import DocumentsProblem, DocumentsRefused, Placeholder, VersionState
from kimwerk.kernel import german

Known = Mapping[Placeholder, str]
"""What a room knows of one thing, by placeholder. What it does not know stands not in it, or is empty."""


def known_to(actor: Actor, office: str, place: str) -> dict[Placeholder, str]:
    """What holds for every paper that somebody makes at an office today."""
    today = german.day(timezone.localdate())
    return {
        Placeholder.COUNSELLOR: actor.name,
        Placeholder.OFFICE: office,
        Placeholder.TODAY: today,
        Placeholder.PLACE_AND_DATE: gettext("%(place)s, %(day)s") % {"place": place, "day": today} if place else "",
    }


def values_for(text: str, known: Known) -> dict[str, str]:
    """The placeholders of a text with what is known for each; empty where nothing is.

    A placeholder is recognised by its key or its German name, however it is capitalised.
    """
    by_name = {str(key.label).casefold(): value for key, value in known.items()}
    by_name |= {key.value: value for key, value in known.items()}
    return {name: by_name.get(name.casefold(), "") for name in placeholders_of(text)}


@transaction.atomic
def fill_template(
    *, actor: Actor, version: TemplateVersion, subject: models.Model, copies: Sequence[Mapping[str, str]]
) -> tuple[str, ...]:
    """The texts of a template in force, one for each copy. They are kept nowhere; the log says that they were made.

    Raises DocumentsRefused where the version is not in force.
    """
    found = TemplateVersion.objects.visible_to(actor).filter(pk=version.pk).first()
    if found is None:
        raise PermissionDenied
    if found.state != VersionState.IN_FORCE:
        raise DocumentsRefused(DocumentsProblem.NOT_IN_FORCE)
    record(actor=actor, action="template.filled", subject=subject, amount=len(copies))
    return tuple(filled(found.text, values) for values in copies)
