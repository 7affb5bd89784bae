"""Errands about accounts: invitations, roles, closing, second factors, sessions, links of the demo."""

from kimwerk.accounts.services.accounts import (
    close_account,
    close_account_as_operator,
    close_dormant_accounts,
    purge_ended_sessions,
    reopen_account,
    reset_second_factor,
    revoke_own_session,
    revoke_sessions,
)
from kimwerk.accounts.services.demo_links import NotInDemo, create_sign_in_link, use_sign_in_link
from kimwerk.accounts.services.invitations import (
    AccountIsClosed,
    Invited,
    accept_invitation,
    invite,
    invite_again,
    invite_as_operator,
    withdraw_invitation,
)
from kimwerk.accounts.services.memberships import (
    NotAController,
    RoleHeldAlready,
    end_membership,
    give_membership,
)

__all__ = [
    "AccountIsClosed",
    "Invited",
    "NotAController",
    "NotInDemo",
    "RoleHeldAlready",
    "accept_invitation",
    "close_account",
    "close_account_as_operator",
    "close_dormant_accounts",
    "create_sign_in_link",
    "end_membership",
    "give_membership",
    "invite",
    "invite_again",
    "invite_as_operator",
    "purge_ended_sessions",
    "reopen_account",
    "reset_second_factor",
    "revoke_own_session",
    "revoke_sessions",
    "use_sign_in_link",
    "withdraw_invitation",
]
