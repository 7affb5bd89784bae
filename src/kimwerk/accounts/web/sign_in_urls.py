"""The sign-in library's pages that we use, each with its door declared.

Names that the library reverses but we do not have (sign-up, change of address, sign-in by mail) are
closed doors, so that no path of it ends in an error.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path

from kimwerk.access.doors import for_signed_in, open_to_everyone
from kimwerk.accounts.web import entrance

urlpatterns = [
    path("", open_to_everyone(account.login), name="account_login"),
    path("abmelden/", open_to_everyone(account.logout), name="account_logout"),
    path("hilfe/", entrance.no_access, name="account_reset_password"),
    path("ohne-einladung/", entrance.no_access, name="account_signup"),
    path("geschlossen/", entrance.no_role, name="account_inactive"),
    path("kein-passwort/", entrance.no_password, name="account_set_password"),
    path("adresse/", entrance.closed, name="account_email"),
    path("adresse/bestaetigen/", entrance.closed, name="account_email_verification_sent"),
    path("adresse/<str:key>/", entrance.closed, name="account_confirm_email"),
    path("code/", entrance.closed, name="account_request_login_code"),
    path("code/bestaetigen/", entrance.closed, name="account_confirm_login_code"),
    path("bestaetigen/", for_signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("passwort/", for_signed_in(account.password_change), name="account_change_password"),
    path("sitzungen/", for_signed_in(sessions.list_usersessions), name="usersessions_list"),
    path("2fa/", for_signed_in(mfa.index), name="mfa_index"),
    path("2fa/code/", open_to_everyone(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/bestaetigen/", for_signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/", for_signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/app/entfernen/", for_signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/notfallcodes/", for_signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/notfallcodes/neu/", for_signed_in(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/notfallcodes/datei/", for_signed_in(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("passkeys/", for_signed_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/neu/", for_signed_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/anmelden/", open_to_everyone(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/bestaetigen/", for_signed_in(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", for_signed_in(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/entfernen/", for_signed_in(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
]
