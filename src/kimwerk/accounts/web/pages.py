"""What the pages of this room show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.usersessions.models import UserSession
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.types import ROLE_PURPOSES, AccountState
from kimwerk.accounts.web.sign_in_forms import AcceptInvitation
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Chip, Column, Confirmation, Fact, Pagination, Table, Tone


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in words: what it is called, what for, where and how long."""

    label: Text
    purpose: Text
    place: str
    period: str
    badge: Badge | None
    end_url: str = ""


def role_line(membership: Membership, end_url: str = "") -> RoleLine:
    """The membership in words."""
    return RoleLine(
        label=membership.get_role_display(),
        purpose=ROLE_PURPOSES[Role(membership.role)],
        place=place_of(membership),
        period=period_of(membership),
        badge=_badge_of(membership),
        end_url=end_url,
    )


def place_of(membership: Membership) -> str:
    """The organisation, and the municipality where the role holds there only."""
    if membership.municipality is None:
        return membership.organisation.name
    return f"{membership.organisation.name}, {membership.municipality.name}"


def period_of(membership: Membership) -> str:
    """From the first day to the last, which is included."""
    first, last = membership.valid.lower, last_day_of(membership)
    if last is None:
        return gettext("since %(first)s") % {"first": german.day(first)}
    return gettext("%(first)s to %(last)s") % {"first": german.day(first), "last": german.day(last)}


def last_day_of(membership: Membership) -> date | None:
    """The last day on which the role is held, or None while it has no end."""
    return membership.valid.upper - timedelta(days=1) if membership.valid.upper else None


def _badge_of(membership: Membership) -> Badge | None:
    today = timezone.localdate()
    if membership.valid.lower > today:
        return Badge(_("coming"), Tone.INFO)
    if membership.valid.upper and membership.valid.upper <= today:
        return Badge(_("ended"))
    return None


STATE_TONES = {AccountState.ACTIVE: Tone.SUCCESS, AccountState.INVITED: Tone.INFO, AccountState.CLOSED: Tone.NEUTRAL}


def state_badge(state: AccountState) -> Badge:
    """How an account stands, as a badge."""
    return Badge(state.label, STATE_TONES[state])


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """Choosing a password; without a form the invitation does not work."""

    form: AcceptInvitation | None


@dataclass(frozen=True, slots=True)
class DemoSignInPage:
    """Who a link of the demo signs in; nobody if it was used."""

    account: Account | None
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A browser in which the account is signed in."""

    session: UserSession
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MyAccountPage:
    """Everything about one's own account."""

    account: Account
    facts: tuple[Fact, ...]
    roles: tuple[RoleLine, ...]
    sessions: tuple[SessionLine, ...]
    has_password: bool
    passkeys: int
    has_app: bool


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """The list of accounts."""

    filter: forms.Form
    chips: tuple[Chip, ...]
    table: Table
    pagination: Pagination
    action: Action | None


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that can be done with an account, as a link to a page that asks once more."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account, its roles, and what may be done."""

    account: Account
    badge: Badge
    facts: tuple[Fact, ...]
    roles: tuple[RoleLine, ...]
    errands: tuple[Errand, ...]
    give_url: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form about an account or a role."""

    title: Text
    form: forms.Form
    label: Text
    cancel_url: str
    lead: Text = ""


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more."""

    title: Text
    confirmation: Confirmation
    form: forms.Form | None = None


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """The link of an invitation, in the demo only."""

    account: Account
    link: str


@dataclass(frozen=True, slots=True)
class RightsRow:
    """A right and which roles have it, in the order of the columns."""

    right: Text
    holds: tuple[tuple[Text, bool], ...]


@dataclass(frozen=True, slots=True)
class RightsPage:
    """The table of rights."""

    roles: tuple[tuple[Text, Text], ...]
    rows: tuple[RightsRow, ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    """The log, newest first, and how its sealing stands."""

    filter: forms.Form
    chips: tuple[Chip, ...]
    table: Table
    columns: tuple[Column, ...]
    older_url: str
    newest_url: str
    seal_facts: tuple[Fact, ...]
