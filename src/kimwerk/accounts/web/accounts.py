"""The accounts of one's organisations: who has which role, inviting, closing."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.policies import may_end, may_give_to
from kimwerk.accounts.selectors import account_detail, accounts_for, entries_of
from kimwerk.accounts.services import (
    AccountIsClosed,
    NotAController,
    RoleHeldAlready,
    end_membership,
    give_membership,
    invite,
)
from kimwerk.accounts.types import AccountState
from kimwerk.accounts.web.facts import account_page, accounts_table
from kimwerk.accounts.web.forms import AccountFilter, EndRoleForm, InviteForm, RoleForm
from kimwerk.accounts.web.pages import AccountsPage, FormPage, InvitedPage, period_of
from kimwerk.ui.components import Action
from kimwerk.ui.listing import chips_of, paged, sort_key, with_sorting
from kimwerk.ui.notices import notify

ORDERS = {"name": "sort_key", "seen": "last_seen_on"}


@needs(Permission.ACCOUNT_READ)
def accounts(request: ActorRequest) -> HttpResponse:
    """The list."""
    form = AccountFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = accounts_for(
        request.actor,
        words=chosen.get("q", ""),
        role=Role(chosen["role"]) if chosen.get("role") else None,
        state=AccountState(chosen["state"]) if chosen.get("state") else None,
    )
    table = accounts_table()
    order = sort_key(request.GET, table.columns, default="name")
    field = ("-" if order.startswith("-") else "") + ORDERS[order.removeprefix("-")]
    listed = paged(found.order_by(field, "pk"), request.GET)
    page = AccountsPage(
        filter=form,
        chips=chips_of(form, request.GET),
        table=accounts_table(
            with_sorting(table.columns, request.GET, default="name"), entries_of(request.actor, listed.items)
        ),
        pagination=listed.pagination,
        action=Action(_("Invite somebody"), reverse("accounts:invite"), is_new_entry=True)
        if request.actor.can(Permission.ACCOUNT_MANAGE)
        else None,
    )
    return render(request, "accounts/accounts.html", {"page": page})


@needs(Permission.ACCOUNT_READ)
def account(request: ActorRequest, pk: int) -> HttpResponse:
    """One account."""
    found = get_object_or_404(Account.objects.visible_to(request.actor), pk=pk)
    page = account_page(request.actor, account_detail(request.actor, found))
    return render(request, "accounts/account.html", {"page": page})


@needs(Permission.ACCOUNT_MANAGE)
def invite_somebody(request: ActorRequest) -> HttpResponse:
    """Invite a person to a first role."""
    form = InviteForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        try:
            invited = invite(
                actor=request.actor, person=form.person, post=form.post, link_of=lambda token: _link(request, token)
            )
        except AccountIsClosed:
            form.add_error("email", _("There is a closed account with this address. Reopen it first."))
        except (RoleHeldAlready, NotAController) as error:
            _explain(form, error)
        else:
            return invited_answer(request, invited.account, invited.token)
    page = FormPage(
        title=_("Invite somebody"),
        form=form,
        label=_("Send the invitation"),
        cancel_url=reverse("accounts:accounts"),
        lead=_("The person gets a mail with a link, chooses a password and sets up a second factor."),
    )
    return render(request, "accounts/form.html", {"page": page})


@needs(Permission.ACCOUNT_MANAGE)
def give_role(request: ActorRequest, pk: int) -> HttpResponse:
    """Give an account a further role."""
    found = get_object_or_404(Account.objects.visible_to(request.actor).active(), pk=pk)
    if not may_give_to(request.actor, found):
        raise Http404
    form = RoleForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        post = form.post
        try:
            give_membership(
                actor=request.actor,
                account=found,
                role=post.role,
                organisation=post.organisation,
                municipality=post.municipality,
                first_day=post.first_day,
                last_day=post.last_day,
            )
        except (RoleHeldAlready, NotAController) as error:
            _explain(form, error)
        else:
            notify(request, _("The role is given."))
            return redirect("accounts:account", pk=pk)
    url = reverse("accounts:account", args=[pk])
    page = FormPage(_("Give a role to %(name)s") % {"name": found}, form, _("Give the role"), url)
    return render(request, "accounts/form.html", {"page": page})


@needs(Permission.ACCOUNT_MANAGE)
def end_role(request: ActorRequest, pk: int) -> HttpResponse:
    """End a role after its last day."""
    memberships = Membership.objects.visible_to(request.actor).select_related("account")
    membership = get_object_or_404(memberships, pk=pk)
    if not may_end(request.actor, membership):
        raise Http404
    form = EndRoleForm(request.POST or None)
    if form.is_valid():
        end_membership(actor=request.actor, membership=membership, last_day=form.cleaned_data["last_day"])
        notify(request, _("The role ends on the day you said."))
        return redirect("accounts:account", pk=membership.account_id)
    page = FormPage(
        title=_("End the role %(role)s of %(name)s")
        % {"role": membership.get_role_display(), "name": membership.account},
        form=form,
        label=_("End the role"),
        cancel_url=reverse("accounts:account", args=[membership.account_id]),
        lead=period_of(membership),
    )
    return render(request, "accounts/form.html", {"page": page})


def invited_answer(request: ActorRequest, invited: Account, token: str | None) -> HttpResponse:
    """Back to the account. The demo sends no mail and shows the link; nowhere else is it shown to anybody."""
    if token and settings.DEMO:
        page = InvitedPage(invited, _link(request, token))
        return render(request, "accounts/invited.html", {"page": page})
    notify(
        request,
        _("The invitation is on its way.") if token else _("The person has an account already and got the role."),
    )
    return redirect("accounts:account", pk=invited.pk)


def _link(request: ActorRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accounts:accept", args=[token]))


def _explain(form: RoleForm, error: RoleHeldAlready | NotAController) -> None:
    if isinstance(error, RoleHeldAlready):
        form.add_error("role", _("The account holds this role there on some of these days already."))
    else:
        form.add_error("organisation", _("Roles cannot be held at this organisation: it keeps no data here."))
