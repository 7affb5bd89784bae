from django.urls import path

from kimwerk.accounts.web import accounts, entrance, errands, log, own_account, rights

app_name = "accounts"
urlpatterns = [
    path("", own_account.me, name="me"),
    path("sitzungen/<int:pk>/abmelden/", own_account.revoke, name="revoke"),
    path("ohne-rolle/", entrance.no_role, name="no_role"),
    path("einladung/<str:token>/", entrance.accept, name="accept"),
    path("demo/<str:token>/", entrance.demo_sign_in, name="demo_sign_in"),
    path("konten/", accounts.accounts, name="accounts"),
    path("konten/einladen/", accounts.invite_somebody, name="invite"),
    path("konten/<int:pk>/", accounts.account, name="account"),
    path("konten/<int:pk>/rolle/", accounts.give_role, name="give_role"),
    path("konten/<int:pk>/neu-einladen/", errands.again, name="invite_again"),
    path("konten/<int:pk>/einladung-zuruecknehmen/", errands.withdraw, name="withdraw"),
    path("konten/<int:pk>/zweiter-faktor/", errands.reset_factor, name="reset_factor"),
    path("konten/<int:pk>/abmelden/", errands.revoke_all, name="revoke_all"),
    path("konten/<int:pk>/schliessen/", errands.close, name="close"),
    path("konten/<int:pk>/oeffnen/", errands.reopen, name="reopen"),
    path("rollen/<int:pk>/beenden/", accounts.end_role, name="end_role"),
    path("rechte/", rights.rights, name="rights"),
    path("protokoll/", log.log, name="log"),
]
