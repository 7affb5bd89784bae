"""Why a post or an occupancy is refused, in sentences at their fields."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.staffing.models import Employee, Post
from kimwerk.staffing.services.occupying import OccupancyRefused
from kimwerk.staffing.services.posts import PostRefused
from kimwerk.staffing.types import OccupancyProblem, PostProblem
from kimwerk.staffing.web.forms import days_text

_POST: Mapping[PostProblem, tuple[str, Text]] = {
    PostProblem.NAME_TAKEN: ("name", gettext_lazy("This name is taken. Add what tells the two apart.")),
    PostProblem.ENDS_BEFORE: ("last_day", gettext_lazy("The last day lies before the first. Correct one of the two.")),
    PostProblem.OUTSIDE_FUNDING_LINE: (
        "funding_line",
        gettext_lazy("%(post)s lies outside the days of %(line)s (%(days)s). Change its days or choose another line."),
    ),
    PostProblem.OCCUPIED_BEYOND: (
        "share",
        gettext_lazy("Somebody holds more of the post, or longer. End or change the occupancy first."),
    ),
}


def say_post(form: forms.Form, refused: PostRefused) -> None:
    """Put the refusal of a post at its field, naming the post and, where it is about one, the funding line."""
    field, text = _POST[refused.problem]
    line = form.cleaned_data.get("funding_line")
    named = {
        "post": form.cleaned_data.get("name", ""),
        "line": line or "",
        "days": days_text(line.valid) if line else "",
    }
    form.add_error(field if field in form.fields else None, str(text) % named)


def say_occupancy(form: forms.Form, refused: OccupancyRefused, post: Post, employee: Employee) -> None:
    """Put the refusal of an occupancy at its field, naming person, post, day and share."""
    named = {
        "person": employee,
        "post": post.name,
        "day": german.day(refused.day) if refused.day else "",
        "share": refused.share.german() if refused.share else "",
        "of": post.fte.german(),
    }
    texts = {
        OccupancyProblem.OVER_FULL_TIME: (
            "share",
            _("%(person)s would hold %(share)s of a full post from %(day)s on. One person holds at most 1.") % named,
        ),
        OccupancyProblem.OVER_POST: (
            "share",
            _("%(post)s would be held with %(share)s from %(day)s on; it is %(of)s of a full post.") % named,
        ),
        OccupancyProblem.OUTSIDE_POST: (
            "first_day",
            _("%(post)s does not exist on all of these days. Change the days, or those of the post.") % named,
        ),
        OccupancyProblem.TWICE: (
            "first_day",
            _("%(person)s holds %(post)s on some of these days already. End that occupancy first.") % named,
        ),
        OccupancyProblem.ENDS_BEFORE: ("last_day", _("The last day lies before the first. Correct one of the two.")),
        OccupancyProblem.CONTRACT_BEFORE: (
            "last_day",
            _("The contract ends before this day. Correct one of the two."),
        ),
    }
    field, text = texts[refused.problem]
    form.add_error(field if field in form.fields else None, text)
