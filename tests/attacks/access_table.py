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
READERS = "CM CMC KIM AA KIL FIN SG"
WRITERS = "CMC KIM KIL"

TABLE: dict[str, str] = {
    # sign-in
    "account_login": EVERYONE,
    "account_logout": EVERYONE,
    "mfa_authenticate": EVERYONE,
    "mfa_login_webauthn": EVERYONE,
    "account_reset_password": EVERYONE,
    "account_signup": EVERYONE,
    "account_inactive": EVERYONE,
    "account_email": EVERYONE,
    "account_email_verification_sent": EVERYONE,
    "account_confirm_email": EVERYONE,
    "account_request_login_code": EVERYONE,
    "account_confirm_login_code": EVERYONE,
    "account_set_password": SIGNED_IN,
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
    "desk:search": SIGNED_IN,
    # figures
    "reporting:figures": FIGURES,
    "reporting:figure": FIGURES,
    "reporting:download": FIGURES,
    # accounts
    "accounts:no_role": EVERYONE,
    "accounts:demo_sign_in": EVERYONE,
    "accounts:accept": EVERYONE,
    "accounts:me": SIGNED_IN,
    "accounts:revoke": SIGNED_IN,
    "accounts:accounts": ACCOUNTS,
    "accounts:account": ACCOUNTS,
    "accounts:rights": ACCOUNTS,
    "accounts:invite": ACCOUNT_KEEPERS,
    "accounts:give_role": ACCOUNT_KEEPERS,
    "accounts:end_role": ACCOUNT_KEEPERS,
    "accounts:invite_again": ACCOUNT_KEEPERS,
    "accounts:withdraw": ACCOUNT_KEEPERS,
    "accounts:reset_factor": ACCOUNT_KEEPERS,
    "accounts:revoke_all": ACCOUNT_KEEPERS,
    "accounts:close": ACCOUNT_KEEPERS,
    "accounts:reopen": ACCOUNT_KEEPERS,
    "accounts:log": "DPO",
    # the directory
    "directory:organisations": DIRECTORY,
    "directory:organisation": DIRECTORY,
    "directory:municipalities": DIRECTORY,
    "directory:municipality": DIRECTORY,
    "directory:add_organisation": DIRECTORY_KEEPERS,
    "directory:change_organisation": DIRECTORY_KEEPERS,
    "directory:close_organisation": DIRECTORY_KEEPERS,
    "directory:reopen_organisation": DIRECTORY_KEEPERS,
    "directory:add_office": DIRECTORY_KEEPERS,
    "directory:office": DIRECTORY_KEEPERS,
    "directory:add_site": DIRECTORY_KEEPERS,
    "directory:site": DIRECTORY_KEEPERS,
    "directory:close_site": DIRECTORY_KEEPERS,
    "directory:reopen_site": DIRECTORY_KEEPERS,
    "directory:add_contact": DIRECTORY_KEEPERS,
    "directory:contact": DIRECTORY_KEEPERS,
    "directory:verify_contact": DIRECTORY_KEEPERS,
    "directory:remove_contact": DIRECTORY_KEEPERS,
    # the diary
    "activities:list": DIARY,
    "activities:export": "CM CMC KIM AA",
    "activities:quick": DIARY,
    "activities:reading": DIARY,
    "activities:recent": DIARY,
    "activities:new": DIARY,
    "activities:grid": DIARY,
    "activities:repeat": DIARY,
    "activities:sites": DIARY,
    "activities:week": DIARY,
    "activities:summaries": DIARY,
    "activities:favourites": DIARY,
    "activities:favourite": DIARY,
    "activities:keep_as_favourite": DIARY,
    "activities:views": DIARY,
    "activities:view": DIARY,
    "activities:entry": DIARY,
    "activities:edit": DIARY,
    "activities:remove": DIARY,
    "activities:restore": DIARY,
    "activities:undo": DIARY,
    "activities:lists": FIGURES,
    "activities:categories": FIGURES,
    "activities:new_category": "CMC KIM",
    "activities:category": "CMC KIM",
    "activities:settings": "CMC KIM",
    # the import of tallies
    "activities:imports": DIARY,
    "activities:import_upload": DIARY,
    "activities:import_sample": DIARY,
    "activities:import": DIARY,
    "activities:import_progress": DIARY,
    "activities:import_mapping": DIARY,
    "activities:import_sheet": DIARY,
    "activities:import_check": DIARY,
    "activities:import_row": DIARY,
    "activities:import_rejected": DIARY,
    "activities:import_apply": DIARY,
    "activities:import_undo": DIARY,
    "activities:import_cancel": DIARY,
    # persons: whoever keeps files, and only for the people entrusted to them
    "persons:list": "CM",
    "persons:new": "CM",
    "persons:person": "CM CMC",
    "persons:edit": "CM",
    "persons:add_member": "CM",
    "persons:remove_member": "CM",
    "persons:add_title": "CM",
    "persons:withdraw_title": "CM",
    "persons:add_document": "CM",
    "persons:remove_document": "CM",
    "persons:reading": "DPO",
    "persons:review": "DPO",
    # reports: those who read see released editions; drafts are for those who write
    "reporting:reports": READERS,
    "reporting:edition": READERS,
    "reporting:edition_file": READERS,
    "reporting:report": READERS,
    "reporting:report_preview": READERS,
    "reporting:section": READERS,
    "reporting:build_state": READERS,
    "reporting:build_file": READERS,
    "reporting:report_new": WRITERS,
    "reporting:report_facts": WRITERS,
    "reporting:build_order": WRITERS,
    "reporting:build_cancel": WRITERS,
    "reporting:section_new": WRITERS,
    "reporting:section_edit": WRITERS,
    "reporting:section_after": WRITERS,
    "reporting:section_remove": WRITERS,
    "reporting:section_restore": WRITERS,
    "reporting:section_move": WRITERS,
    "reporting:figure_new": WRITERS,
    "reporting:figure_edit": WRITERS,
    "reporting:figure_remove": WRITERS,
    "reporting:figure_restore": WRITERS,
    "reporting:figure_move": WRITERS,
    "reporting:release": "KIM KIL",
}


def roles_of(name: str) -> frozenset[Role]:
    """The roles that pass a door; none for those that are open or need only a sign-in."""
    row = TABLE[name]
    return frozenset() if row in {EVERYONE, SIGNED_IN} else frozenset(SHORT[short] for short in row.split())
