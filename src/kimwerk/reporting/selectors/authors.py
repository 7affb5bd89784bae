"""Who may answer for sections of a report, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import ROLES
from kimwerk.accounts.models import Membership
from kimwerk.reporting.models import ReportSection, SectionComment

WRITERS = tuple(role.value for role, entry in ROLES.items() if Permission.REPORT_WRITE in entry.rights)


def authors_for(actor: Actor, organisation_id: int) -> tuple[tuple[int, str], ...]:
    """The accounts that write reports of this organisation today, by name, as far as the actor sees accounts."""
    held = Membership.objects.visible_to(actor).current(timezone.localdate())
    writing = held.filter(organisation=organisation_id, municipality__isnull=True, role__in=WRITERS)
    found = writing.select_related("account").filter(account__is_active=True)
    return tuple(sorted({(each.account_id, each.account.display_name) for each in found}, key=lambda each: each[1]))


def comments_on(actor: Actor, section: ReportSection) -> tuple[SectionComment, ...]:
    """What was said about a section, the oldest first."""
    found = SectionComment.objects.visible_to(actor).filter(section=section)
    return tuple(found.select_related("written_by", "settled_by").order_by("written_at", "pk"))


def open_comments(actor: Actor, sections: Iterable[int]) -> dict[int, int]:
    """How many comments are open, by section. One query."""
    found = SectionComment.objects.visible_to(actor).open().filter(section__in=list(sections))
    return dict(found.order_by().values_list("section").annotate(count=Count("pk")))
