from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts, memberships, invitations, sign-in."""

    name = "kimwerk.accounts"
    label = "accounts"

    def ready(self) -> None:
        from kimwerk.accounts import sign_in_log
        from kimwerk.accounts.rights import write_role_rights

        post_migrate.connect(write_role_rights, sender=self, dispatch_uid="kimwerk.role_rights")
        sign_in_log.connect()
        _offer_pages()


def _offer_pages() -> None:
    """Put the room's pages where one looks for them."""
    from kimwerk.ui.shell import Section, offer_in_user_menu, offer_page

    offer_page(Section.ADMINISTRATION, "accounts:accounts", title=_("Accounts"), order=10)
    offer_page(Section.ADMINISTRATION, "accounts:rights", title=_("Roles and rights"), order=20)
    offer_page(Section.ADMINISTRATION, "accounts:log", title=_("Log"), order=30)
    offer_in_user_menu("accounts:me", title=_("My account"), icon="account-circle", order=10)
    offer_in_user_menu("account_logout", title=_("Sign out"), icon="logout", order=90, is_post=True, signs_out=True)
