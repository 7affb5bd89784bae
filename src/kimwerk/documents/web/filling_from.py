"""Filling a template from a thing of another room: choosing it, seeing what is known, and getting the paper."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.documents.filling import placeholders_of
from kimwerk.documents.models import TemplateVersion
from kimwerk.documents.services.filling import Known, fill_template, values_for
from kimwerk.documents.types import VersionState
from kimwerk.documents.web.forms import Data, PaperForm
from kimwerk.documents.web.pages import ChoicePage, FromPage
from kimwerk.documents.web.papers import as_answer
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Cell, Column, Crumb, NavItem, Row, Table, Tone
from kimwerk.ui.listing import url_with
from kimwerk.ui.notices import notify

VERSION = "version"
MOST_COPIES = 300
"""Papers made at once; a list that is longer is filtered first."""


@dataclass(frozen=True, slots=True)
class Source:
    """From what papers are filled: one copy for each of `copies`.

    `subject` is what the log names; `about` says whom the papers are about; `notice` and `links` say what else is
    to be done when a paper goes to somebody else.
    """

    subject: models.Model
    about: Text
    crumbs: tuple[Crumb, ...]
    copies: tuple[Known, ...]
    notice: Text
    links: tuple[NavItem, ...] = ()


def fill_from(request: ActorRequest, source: Source) -> HttpResponse:
    """Choose a template in force, fill it with what is known, and get the paper. Nothing of it is kept."""
    if not 0 < len(source.copies) <= MOST_COPIES:
        notify(request, _counted_out(source), tone=Tone.WARNING)
        return redirect(source.crumbs[-1].url)
    chosen = request.GET.get(VERSION, "")
    if not chosen:
        return _choose(request, source)
    version = _in_force(request).filter(pk=int(chosen) if chosen.isdecimal() else 0).first()
    if version is None:
        raise Http404
    copies = [values_for(version.text, known) for known in source.copies]
    form = FromForm(request.POST or None, text=version.text, copies=copies)
    if form.is_valid():
        filled_in = [values | form.typed for values in copies]
        texts = fill_template(actor=request.actor, version=version, subject=source.subject, copies=filled_in)
        return as_answer(version, texts, form.cleaned_data["paper"])
    page = FromPage(
        title=version.template.title,
        state=_state(source, version),
        crumbs=(*source.crumbs, Crumb(_("Fill a template"), request.path)),
        notice=source.notice,
        links=source.links,
        unknown=form.unknown_text,
        form=form,
        label=_("Make the paper"),
    )
    return render(request, "documents/from.html", {"page": page}, status=422 if form.errors else 200)


class FromForm(PaperForm):
    """What is not known is asked for; of a single copy everything can be changed before it is made."""

    as_lines = forms.BooleanField(label=_("Leave lines to write on for what is empty"), required=False)

    def __init__(self, data: Data, *, text: str, copies: list[dict[str, str]]) -> None:
        super().__init__(data)
        self.copies = copies
        self.known = {name for name in placeholders_of(text) if any(values[name] for values in copies)}
        asked = [name for name in placeholders_of(text) if len(copies) == 1 or name not in self.known]
        self.keys = {f"value_{number}": name for number, name in enumerate(asked)}
        for key, name in self.keys.items():
            value = copies[0][name] if len(copies) == 1 else ""
            said = "" if name in self.known else _("Not known here.")
            self.fields[key] = forms.CharField(
                label=name, required=False, max_length=500, initial=value, help_text=said
            )
        self.order_fields([*self.keys, "as_lines", "paper"])

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by placeholder."""
        return {name: self.cleaned_data[key] for key, name in self.keys.items()}

    @property
    def unknown_text(self) -> str:
        """Which placeholders are known for no copy, and for how many copies something is missing."""
        unknown = [name for name in self.keys.values() if name not in self.known]
        said = []
        if unknown:
            said.append(gettext("Not known here: %(names)s.") % {"names": ", ".join(unknown)})
        short = sum(1 for values in self.copies if any(not values[name] for name in self.known))
        if short and len(self.copies) > 1:
            missing = ngettext("One copy lacks something.", "%(count)s copies lack something.", short)
            said.append(missing % {"count": short})
        return " ".join(said)

    def clean(self) -> dict[str, object]:
        """What stays empty is named, until whoever asks says that lines are wanted."""
        entered = super().clean() or {}
        empty = [name for key, name in self.keys.items() if not entered.get(key)]
        if empty and not entered.get("as_lines"):
            said = gettext("Still empty: %(names)s. Enter something, or leave lines to write on.")
            self.add_error("as_lines", said % {"names": ", ".join(empty)})
        return entered


def _counted_out(source: Source) -> str:
    if not source.copies:
        return gettext("Nobody is on this list. There is nothing to fill in.")
    return gettext("More than %(most)s papers at once are too many. Filter the list first.") % {"most": MOST_COPIES}


def _in_force(request: ActorRequest) -> models.QuerySet[TemplateVersion]:
    found = TemplateVersion.objects.visible_to(request.actor).filter(state=VersionState.IN_FORCE.value)
    return found.select_related("template").order_by("template__title", "language")


def _choose(request: ActorRequest, source: Source) -> HttpResponse:
    columns = (Column(_("Template")), Column(_("Language")), Column(_("Used as")))
    rows = tuple(
        Row(
            (
                Cell(each.template.title, url_with(request.GET, version=each.pk), note=each.template.purpose),
                Cell(each.get_language_display()),
                Cell(each.template.get_kind_display()),
            )
        )
        for each in _in_force(request)
    )
    page = ChoicePage(
        title=_("Fill a template"),
        state=source.about,
        crumbs=source.crumbs,
        table=Table(_("Templates in force"), columns, rows, is_caption_hidden=True),
        empty=_("No template is in force yet. The coordination writes them and puts them into force."),
    )
    return render(request, "documents/choose.html", {"page": page})


def _state(source: Source, version: TemplateVersion) -> str:
    count = len(source.copies)
    copies = ngettext("one paper", "%(count)s papers", count) % {"count": count}
    return f"{source.about} · {version.get_language_display()} · {copies}"
