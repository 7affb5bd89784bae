from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Accounts, memberships, invitations, sign-in."""

    name = "kimwerk.accounts"
    label = "accounts"

    def ready(self) -> None:
        from kimwerk.accounts.rights import write_role_rights

        post_migrate.connect(write_role_rights, sender=self, dispatch_uid="kimwerk.role_rights")
