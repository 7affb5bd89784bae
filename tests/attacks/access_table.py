"""Who may pass which door, written down apart from the code that decides it.

One line a door. `everyone` needs no sign-in, `signed in` any current role; otherwise the roles by
their short names. A data protection officer can read this page; a test walks it.
"""

from __future__ import annotations

from kimwerk.access.roles import Role

EVERYONE = "everyone"
SIGNED_IN = "signed in"
SHORT = {
    "CM": Role.CASE_MANAGER,
    "CMC": Role.CASE_MANAGEMENT_COORDINATION,
    "KIM": Role.KIM_COORDINATION,
    "AA": Role.ADMINISTRATIVE_ASSISTANT,
    "KIL": Role.KI_LEADERSHIP,
    "FIN": Role.FINANCE_OFFICER,
    "PO": Role.PARTNER_OFFICE,
    "PA": Role.PARTNER_AGENCY,
    "SG": Role.STEERING_GROUP_MEMBER,
    "DPO": Role.DATA_PROTECTION_OFFICER,
    "SYS": Role.SYSTEM_ADMINISTRATOR,
}
DIARY = "CM CMC KIM AA"
FIGURES = "CM CMC KIM AA KIL FIN"
DIRECTORY = "CM CMC KIM AA KIL FIN PO PA SG DPO"
DIRECTORY_KEEPERS = "CMC KIM AA"
ACCOUNTS = "CMC KIM KIL DPO SYS"
ACCOUNT_KEEPERS = "KIL SYS"

TABLE: dict[str, str] = {
    # sign-in
    "account_login": EVERYONE,
    "account_logout": EVERYONE,
    "mfa_authenticate": EVERYONE,
    "mfa_trust": EVERYONE,
    "mfa_login_webauthn": EVERYONE,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    # the layout
    "ui:gallery": EVERYONE,
    "ui:keyboard": EVERYONE,
    # the desk
    "desk:today": SIGNED_IN,
    # accounts
    "accounts:no_role": EVERYONE,
    "accounts:demo_sign_in": EVERYONE,
}


def roles_of(name: str) -> frozenset[Role]:
    """The roles that pass a door; none for those that are open or need only a sign-in."""
    row = TABLE[name]
    return frozenset() if row in {EVERYONE, SIGNED_IN} else frozenset(SHORT[short] for short in row.split())
