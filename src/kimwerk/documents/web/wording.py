"""Refusals in words, states as badges, and what becomes of the parts of a package."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from kimwerk.documents.services.exchange import Fate
from kimwerk.documents.types import DocumentsProblem as P
from kimwerk.documents.types import DocumentsRefused, VersionState
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Tone

REFUSED: Mapping[P, Text] = {
    P.NAME_TAKEN: _("A template of this title stands here already. Add what tells the two apart."),
    P.NOT_A_DRAFT: _("Only a draft goes to legal review."),
    P.NOT_IN_REVIEW: _("The version is not in legal review. Hand the draft to it first."),
    P.NOT_REVIEWED: _("The legal review has not said yet that the version may be used."),
    P.NOT_IN_FORCE: _("Only a version in force is adopted by others."),
    P.NOT_SHARED: _("Nothing of this is in force under a licence that lets it leave the county."),
    P.NO_PACKAGE: _("This is no package of kimwerk, or one of a later form. Nothing was taken over."),
    P.ALTERED: _(
        "The package was altered after it was signed. Nothing was taken over. Ask the sender to send it once more."
    ),
    P.NO_PAPER: _("No text can be read from this. Choose a DOCX or ODT file, saved without a password."),
    P.PAPER_TOO_LARGE: _("The paper is too large. Take its text over in parts."),
}
FIELDS: Mapping[P, str] = {
    P.NAME_TAKEN: "title",
    P.NO_PACKAGE: "package",
    P.ALTERED: "package",
    P.NO_PAPER: "paper",
    P.PAPER_TOO_LARGE: "paper",
}
TONES = {
    VersionState.DRAFT: Tone.NEUTRAL,
    VersionState.REVIEW: Tone.INFO,
    VersionState.IN_FORCE: Tone.SUCCESS,
    VersionState.WITHDRAWN: Tone.NEUTRAL,
}
FATES: Mapping[Fate, Badge] = {
    Fate.NEW: Badge(_("new here"), Tone.SUCCESS),
    Fate.NEW_VERSION: Badge(_("new version"), Tone.SUCCESS),
    Fate.KNOWN: Badge(_("stands here already")),
    Fate.OWN_DRAFT: Badge(_("left out: a draft of your own stands here"), Tone.WARNING),
    Fate.NAME_TAKEN: Badge(_("left out: another template has this title"), Tone.WARNING),
}


def say(form: forms.Form, refused: DocumentsRefused) -> None:
    """Put a refusal at its field, or above the form where it has none."""
    name = FIELDS.get(refused.problem, "")
    form.add_error(name if name in form.fields else None, str(REFUSED[refused.problem]))


def state_badge(state: str) -> Badge:
    """How far a version is."""
    known = VersionState(state)
    return Badge(known.label, TONES[known])
