"""How one signs in: as the sign-in library does it, but the account is asked for on every page."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from kimwerk.access.kept import kept
from kimwerk.accounts.models import Account


@kept
def _account(pk: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk)


class AccountBackend(AuthenticationBackend):
    """The library's backend, with a question for the account of a session whose SQL is written once."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session; None where there is none such any more, or where it is closed."""
        found = next(iter(_account(user_id)), None)
        return found if found is not None and self.user_can_authenticate(found) else None
