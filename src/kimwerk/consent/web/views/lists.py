"""The lists that consent chooses from: purposes, statutory bases, groups of recipients."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.consent.models import Purpose, RecipientGroup, RecipientGroupMember, StatutoryBasis
from kimwerk.consent.policies import may_keep_texts, may_keep_words
from kimwerk.consent.services import lists as services
from kimwerk.consent.services.refusals import ListRefused
from kimwerk.consent.web.list_forms import BasisForm, GroupForm, MemberForm, PurposeForm
from kimwerk.consent.web.pages import GroupPage, ListLine, ListsPage, MemberLine
from kimwerk.consent.web.views.texts import READERS
from kimwerk.consent.web.wording import LISTS, REFUSALS, ListKey
from kimwerk.kernel import german
from kimwerk.ui.components import Badge, Tab, Tone
from kimwerk.ui.notices import notify

AnyForm = PurposeForm | BasisForm | GroupForm
FORMS: dict[ListKey, type[AnyForm]] = {
    ListKey.PURPOSES: PurposeForm,
    ListKey.BASES: BasisForm,
    ListKey.GROUPS: GroupForm,
}


@require_http_methods(["GET", "POST"])
@needs(*READERS)
def lists(request: ActorRequest, key: str = ListKey.PURPOSES.value) -> HttpResponse:
    """One list with its entries, ended ones included; below it a new entry, for whoever keeps the list."""
    if key not in set(ListKey):
        raise Http404
    chosen, home = ListKey(key), _home(request.actor)
    may_add = home is not None if chosen is ListKey.GROUPS else may_keep_words(request.actor)
    if request.method == "POST" and not may_add:
        raise Http404
    form = FORMS[chosen](request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            url = _add(request.actor, form, home or 0, chosen)
        except ListRefused as refused:
            form.add_error(None, str(REFUSALS[str(refused)]))
        else:
            notify(request, _("The entry is added."))
            return redirect(url)
    page = ListsPage(
        tabs=tuple(Tab(LISTS[each], reverse("consent:choices", args=[each]), each is chosen) for each in ListKey),
        title=LISTS[chosen],
        lines=_lines(request.actor, chosen),
        form=form if may_add else None,
    )
    return render(request, "consent/lists.html", {"page": page}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.CONSENT_TEXT_APPROVE)
def offer_word(request: ActorRequest, key: str, pk: int) -> HttpResponse:
    """Offer a purpose or a statutory basis no longer, or again."""
    if key not in {ListKey.PURPOSES.value, ListKey.BASES.value}:
        raise Http404
    word: Purpose | StatutoryBasis = (
        get_object_or_404(Purpose, pk=pk) if key == ListKey.PURPOSES.value else get_object_or_404(StatutoryBasis, pk=pk)
    )
    services.offer_word(actor=request.actor, word=word, is_offered=not word.is_active)
    _told(request, word.is_active)
    return redirect("consent:choices", key=key)


@require_http_methods(["GET", "POST"])
@needs(*READERS)
def group(request: ActorRequest, pk: int) -> HttpResponse:
    """Who belongs to a group, since when and until when; a further member below."""
    found = _visible(request.actor, pk)
    may_keep = may_keep_texts(request.actor, found.organisation_id)
    if request.method == "POST" and not may_keep:
        raise Http404
    form = MemberForm(request.POST if request.method == "POST" else None, home_id=found.organisation_id)
    if form.is_valid():
        try:
            services.join_group(actor=request.actor, group=found, member_id=int(form.cleaned_data["member"]))
        except ListRefused as refused:
            form.add_error("member", str(REFUSALS[str(refused)]))
        else:
            notify(request, _("Added to the group. What was signed before does not cover it."))
            return redirect("consent:group", pk=pk)
    members = found.members.select_related("member").order_by("until", "member__sort_key")
    page = GroupPage(
        group=found,
        badge=_badge(found.is_active),
        lines=tuple(_member(each) for each in members),
        form=form if may_keep else None,
        back=reverse("consent:choices", args=[ListKey.GROUPS]),
    )
    return render(request, "consent/group.html", {"page": page}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.CONSENT_TEXT_KEEP)
def offer_group(request: ActorRequest, pk: int) -> HttpResponse:
    """Offer a group no longer, or again."""
    found = _kept(request.actor, pk)
    services.offer_group(actor=request.actor, group=found, is_offered=not found.is_active)
    _told(request, found.is_active)
    return redirect("consent:group", pk=pk)


@require_POST
@needs(Permission.CONSENT_TEXT_KEEP)
def leave_group(request: ActorRequest, pk: int, member: int) -> HttpResponse:
    """Take an organisation out of a group."""
    found = _kept(request.actor, pk)
    services.leave_group(
        actor=request.actor, member=get_object_or_404(found.members.select_related("group"), pk=member)
    )
    notify(request, _("Taken out of the group. From now on nothing is passed on to it through the group."))
    return redirect("consent:group", pk=pk)


def _add(actor: Actor, form: AnyForm, home: int, key: ListKey) -> str:
    """Do what the form asks; returns where to go on."""
    given = form.cleaned_data
    if isinstance(form, GroupForm):
        return reverse("consent:group", args=[services.add_group(actor=actor, organisation_id=home, **given).pk])
    if isinstance(form, BasisForm):
        services.add_basis(actor=actor, **given)
    else:
        services.add_purpose(actor=actor, **given)
    return reverse("consent:choices", args=[key])


def _lines(actor: Actor, key: ListKey) -> tuple[ListLine, ...]:
    may_end = may_keep_words(actor)

    def switch(pk: int) -> str:
        return reverse("consent:offer_word", args=[key, pk]) if may_end else ""

    if key is ListKey.PURPOSES:
        return tuple(
            ListLine(each.label, "", _badge(each.is_active), each.is_active, switch_url=switch(each.pk))
            for each in Purpose.objects.order_by("-is_active", "position", "label")
        )
    if key is ListKey.BASES:
        return tuple(
            ListLine(each.label, each.law, _badge(each.is_active), each.is_active, each.note, switch(each.pk))
            for each in StatutoryBasis.objects.order_by("-is_active", "position", "label")
        )
    today = timezone.localdate()
    return tuple(
        ListLine(
            each.name,
            ", ".join(each.names_on(today)),
            _badge(each.is_active),
            each.is_active,
            url=reverse("consent:group", args=[each.pk]),
        )
        for each in RecipientGroup.objects.visible_to(actor).order_by("-is_active", "name")
    )


def _member(each: RecipientGroupMember) -> MemberLine:
    if each.until is None:
        url = reverse("consent:leave_group", args=[each.group_id, each.pk])
        return MemberLine(each.member.name, _("since %(day)s") % {"day": german.day(each.since)}, url)
    return MemberLine(each.member.name, f"{german.day(each.since)} – {german.day(each.until)}", "")


def _badge(is_active: bool) -> Badge:
    return Badge(_("offered"), Tone.SUCCESS) if is_active else Badge(_("ended"))


def _told(request: ActorRequest, is_active: bool) -> None:
    notify(request, _("The entry is offered again.") if is_active else _("The entry is ended. What names it keeps it."))


def _home(actor: Actor) -> int | None:
    """The organisation whose groups the actor keeps."""
    return min(actor.scope(Permission.CONSENT_TEXT_KEEP).touched_organisations, default=None)


def _visible(actor: Actor, pk: int) -> RecipientGroup:
    return get_object_or_404(RecipientGroup.objects.visible_to(actor), pk=pk)


def _kept(actor: Actor, pk: int) -> RecipientGroup:
    found = _visible(actor, pk)
    if not may_keep_texts(actor, found.organisation_id):
        raise Http404
    return found
