from kimwerk.accounts.models.account import Account
from kimwerk.accounts.models.membership import Membership, RoleRight
from kimwerk.accounts.models.tokens import Invitation, SignInLink

__all__ = ["Account", "Invitation", "Membership", "RoleRight", "SignInLink"]
