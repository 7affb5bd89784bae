"""The forms around an edition: its release, the next one, and what authors say to each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel.figures import Text
from kimwerk.reporting.models import Edition
from kimwerk.reporting.models.comment import LONGEST_COMMENT
from kimwerk.reporting.threshold import allowed_thresholds, small_below
from kimwerk.reporting.types import ReportTemplate, Rhythm
from kimwerk.reporting.web.report_forms import TEMPLATES, WindowFields

RHYTHMS: Mapping[Rhythm, Text] = {
    Rhythm.QUARTERLY: _("after each quarter"),
    Rhythm.HALF_YEARLY: _("after each half year"),
    Rhythm.YEARLY: _("after each year"),
}
SMALL: Mapping[int, Text] = {3: _("1 and 2"), 5: _("1 to 4")}


class ReleaseForm(forms.Form):
    """What to call a released edition, and why it is released in spite of what was found."""

    label = forms.CharField(
        label=_("Remark on the edition"),
        required=False,
        max_length=120,
        help_text=_("For example the meeting for which it is released."),
    )
    reason = forms.CharField(
        label=_("Why release it in spite of the findings"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason is kept with the edition."),
        error_messages={"required": _("Say why the edition is released although something was found.")},
    )
    draft = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: object, *, initial: dict[str, object], needs_reason: bool) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # the POST data of a request, or None
        if not needs_reason:
            del self.fields["reason"]


class NextEditionForm(WindowFields):
    """The next edition: what it is called, over which window, for which session."""

    title = forms.CharField(label=_("Title"), max_length=200)
    session_on = forms.DateField(label=_("Session on"), required=False)
    field_order = ["title", "first_day", "last_day", "session_on"]


def next_edition_values(edition: Edition) -> dict[str, object]:
    """The window that follows that of the edition, up to yesterday."""
    first = edition.window_end
    yesterday = timezone.localdate() - timedelta(days=1)
    last: date = max(first, yesterday)
    return {"title": edition.title, "first_day": first, "last_day": last}


class AuthorForm(forms.Form):
    """Who answers for a section."""

    author = forms.TypedChoiceField(
        label=_("Answers for this section"), coerce=int, required=False, empty_value=None,
        help_text=_("Then nobody else writes in it but those who release."),
    )  # fmt: skip

    def __init__(self, data: object, *, authors: tuple[tuple[int, str], ...], author_id: int | None) -> None:
        super().__init__(data, initial={"author": author_id})  # type: ignore[arg-type]  # the POST data, or None
        field = self.fields["author"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("all who write the report")), *((str(key), name) for key, name in authors)]


class CommentForm(forms.Form):
    """Something to say about a section."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Comments are never printed."),
    )


class PublishForm(forms.Form):
    """How small is small."""

    threshold = forms.TypedChoiceField(
        label=_("Counts that are never published"),
        coerce=int,
        choices=lambda: [(each, SMALL[each]) for each in allowed_thresholds()],
        initial=small_below,
        help_text=_("Nothing of what is published tells that a count is that small."),
    )
    with_report = forms.BooleanField(
        label=_("Publish the whole report, too"),
        required=False,
        initial=True,
        help_text=_(
            "With its texts as they are, and with the numbers that are published. Where a text names another one, only"
            " the tables become public."
        ),
    )


class WithdrawForm(forms.Form):
    """Why a publication is withdrawn."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read this at the address of the publication."),
    )


class ScheduleForm(forms.Form):
    """A report to be begun after each period."""

    template = forms.TypedChoiceField(label=_("What is begun"), coerce=ReportTemplate, choices=TEMPLATES)
    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("The period is added."))
    rhythm = forms.TypedChoiceField(
        label=_("How often"), coerce=Rhythm, choices=[(each.value, RHYTHMS[each]) for each in Rhythm]
    )
    organisation = forms.TypedChoiceField(label=_("Report of"), coerce=int)
    author = forms.TypedChoiceField(
        label=_("For whom the draft waits"), coerce=int, help_text=_("It is begun in this person’s name.")
    )
    committee = forms.CharField(label=_("Committee"), required=False, max_length=160)

    def __init__(
        self, data: object, *, organisations: tuple[tuple[int, str], ...], authors: tuple[tuple[int, str], ...]
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the POST data of a request, or None
        for name, choices in (("organisation", organisations), ("author", authors)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(str(key), label) for key, label in choices]
        if len(organisations) == 1:
            field = self.fields["organisation"]
            field.initial = organisations[0][0]
            field.widget = forms.HiddenInput()
