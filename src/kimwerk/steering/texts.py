"""Meetings and votes in words, for pages, papers and mails alike."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from kimwerk.kernel import german
from kimwerk.steering.models import Meeting, Resolution


def when_text(meeting: Meeting) -> str:
    """Day and hours of a meeting in words."""
    start = timezone.localtime(meeting.starts_at)
    named = {"day": german.day(start.date()), "begins": f"{start:%H:%M}"}
    if meeting.ends_at is None:
        return gettext("%(day)s, %(begins)s o’clock") % named
    return gettext("%(day)s, %(begins)s to %(ends)s o’clock") % (named | {"ends": _clock(meeting.ends_at)})


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"


def votes_text(resolution: Resolution) -> str:
    """How the vote went in words."""
    if resolution.votes_for is None:
        return gettext("nobody counted the votes")
    if not (resolution.votes_against or resolution.abstentions):
        return gettext("unanimous with %(for)s votes") % {"for": resolution.votes_for}
    named = {"for": resolution.votes_for, "against": resolution.votes_against, "out": resolution.abstentions}
    return gettext("%(for)s for, %(against)s against, %(out)s abstaining") % named
