"""The forms around an edition: its release, the next one, and what authors say to each other."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.reporting.models import Edition
from kimwerk.reporting.models.comment import LONGEST_COMMENT
from kimwerk.reporting.web.report_forms import WindowFields


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
