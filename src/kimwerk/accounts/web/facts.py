"""Accounts in the words and tables of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.accounts.models import Account, Invitation
from kimwerk.accounts.policies import may_end, may_give_to, may_manage
from kimwerk.accounts.selectors import AccountDetail, AccountEntry, deciding_memberships
from kimwerk.accounts.types import AccountState
from kimwerk.accounts.web.pages import AccountPage, Errand, place_of, role_line, state_badge
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, Fact, Row, Table, Tone

COLUMNS = (
    Column(_("Name"), key="name"),
    Column(_("Roles today")),
    Column(_("Last seen"), key="seen"),
    Column(_("Second factor")),
    Column(_("State")),
)
FACTOR_LABELS = {
    Authenticator.Type.TOTP: _("app with codes"),
    Authenticator.Type.WEBAUTHN: _("passkey"),
    Authenticator.Type.RECOVERY_CODES: _("emergency codes"),
}


def accounts_table(columns: Sequence[Column] = COLUMNS, entries: Iterable[AccountEntry] = ()) -> Table:
    """The list of accounts."""
    return Table(_("Accounts"), tuple(columns), tuple(_row(entry) for entry in entries), is_caption_hidden=True)


def _row(entry: AccountEntry) -> Row:
    account = entry.account
    name = f"{account.family_name}, {account.given_name}" if account.given_name else account.family_name
    roles = entry.memberships
    return Row(
        key=f"account-{account.pk}",
        cells=(
            Cell(name, address_of_record("accounts:account", account.pk), note=account.email),
            Cell(
                ", ".join(str(membership.get_role_display()) for membership in roles) or _("none"),
                note=", ".join(sorted({place_of(membership) for membership in roles})),
            ),
            Cell(german.day(account.last_seen_on) if account.last_seen_on else _("never")),
            _second_factor(entry),
            Cell(badge=state_badge(entry.state)),
        ),
    )


def _second_factor(entry: AccountEntry) -> Cell:
    """A missing factor is worth a warning only where somebody signs in without it."""
    if entry.has_second_factor:
        return Cell(_("yes"))
    if entry.state is AccountState.ACTIVE:
        return Cell(badge=Badge(_("missing"), Tone.WARNING))
    return Cell("–")


def account_page(actor: Actor, detail: AccountDetail) -> AccountPage:
    """One account with what this actor may do about it."""
    account = detail.account
    is_manager = actor.can(Permission.ACCOUNT_MANAGE) and may_manage(actor, account, deciding_memberships(account))
    return AccountPage(
        account=account,
        badge=state_badge(detail.state),
        facts=_facts(detail),
        roles=tuple(
            role_line(
                membership, reverse("accounts:end_role", args=[membership.pk]) if may_end(actor, membership) else ""
            )
            for membership in detail.memberships
        ),
        errands=_errands(account, detail) if is_manager else (),
        give_url=_give_url(actor, account),
    )


def _give_url(actor: Actor, account: Account) -> str:
    may = account.is_active and actor.can(Permission.ACCOUNT_MANAGE) and may_give_to(actor, account)
    return reverse("accounts:give_role", args=[account.pk]) if may else ""


def _facts(detail: AccountDetail) -> tuple[Fact, ...]:
    account = detail.account
    factors = sorted({str(FACTOR_LABELS[Authenticator.Type(factor.type)]) for factor in detail.second_factors})
    facts = [
        Fact(_("E-mail address"), account.email),
        Fact(_("Short sign"), account.short_sign),
        Fact(_("Last seen"), german.day(account.last_seen_on) if account.last_seen_on else _("never")),
        Fact(_("Second factor"), ", ".join(factors))
        if factors
        else Fact(_("Second factor"), badge=Badge(_("missing"), Tone.WARNING)),
        Fact(_("Signed in at present"), _browsers(detail.sessions)),
    ]
    if account.closed_at:
        facts.append(Fact(_("Closed"), german.day(account.closed_at.date()), note=account.get_closed_reason_display()))
    if detail.invitation:
        facts.append(Fact(_("Open invitation"), _invitation(detail.invitation)))
    return tuple(facts)


def _browsers(count: int) -> Text:
    if not count:
        return _("nowhere")
    return ngettext("in one browser", "in %(count)d browsers", count) % {"count": count}


def _invitation(invitation: Invitation) -> str:
    until = german.day(invitation.expires_at.date())
    if invitation.sent_at is None:
        return gettext("valid until %(day)s, the mail has not gone out yet") % {"day": until}
    return gettext("sent, valid until %(day)s") % {"day": until}


def _errands(account: Account, detail: AccountDetail) -> tuple[Errand, ...]:
    if not account.is_active:
        return (Errand(_("Reopen the account"), reverse("accounts:reopen", args=[account.pk])),)
    names: list[tuple[Text, str]] = [(_("Send a new invitation"), "invite_again")]
    if detail.invitation:
        names.append((_("Withdraw the invitation"), "withdraw"))
    if detail.second_factors:
        names.append((_("Reset the second factor"), "reset_factor"))
    if detail.sessions:
        names.append((_("Sign out everywhere"), "revoke_all"))
    names.append((_("Close the account"), "close"))
    return tuple(Errand(label, reverse(f"accounts:{name}", args=[account.pk])) for label, name in names)
