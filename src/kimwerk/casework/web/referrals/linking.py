"""The part of a case that leads to others: its referrals, conferences and checklists."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.selectors.checklists import checklists
from kimwerk.casework.selectors.conferences import conferences
from kimwerk.casework.selectors.referrals import sent_referrals
from kimwerk.casework.web.filing import file_of, head_of
from kimwerk.casework.web.referrals.checklist_pages import checklist_list_page
from kimwerk.casework.web.referrals.conference_pages import conference_list_page
from kimwerk.casework.web.referrals.pages import LinkingPage
from kimwerk.casework.web.referrals.sent_pages import sent_list_page
from kimwerk.ui.components import Action


@require_GET
@never_cache
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def linking(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything that leads from the case to somebody else."""
    case = file_of(request, pk)
    head = head_of(request.actor, case, "casework:linking")
    page = LinkingPage(
        head=head,
        actions=tuple(_actions(pk)) if head.may_write else (),
        referrals=sent_list_page(sent_referrals(request.actor, case_id=pk), is_open=False).table,
        conferences=conference_list_page(conferences(request.actor, case_id=pk)).table,
        checklists=checklist_list_page(checklists(request.actor, case_id=pk)).table,
    )
    return render(request, "casework/linking.html", {"page": page})


def _actions(pk: int) -> Iterator[Action]:
    yield Action(_("Refer"), reverse("casework:referral_new", args=[pk]))
    yield Action(_("Plan a case conference"), reverse("casework:conference_new", args=[pk]))
    yield Action(_("Begin a checklist"), reverse("casework:checklist_new", args=[pk]))
