from django.urls import path

from kimwerk.events.web.views import agreements, by_link, events, feedback, papers, people, tables

app_name = "events"
urlpatterns = [
    path("", events.events, name="events"),
    path("neu/", events.plan, name="plan"),
    path("auftakt/", events.overview, name="overview"),
    path("checkliste/<str:kind>/", events.template, name="template"),
    path("vereinbarungen/", agreements.agreements, name="agreements"),
    path("vereinbarungen/<int:place>/", agreements.agreement, name="agreement"),
    path("vereinbarungen/<int:place>/neu/", agreements.new_agreement, name="agree"),
    path("<int:pk>/", events.event, name="event"),
    path("<int:pk>/bearbeiten/", events.change, name="change"),
    path("<int:pk>/absagen/", events.cancel, name="cancel"),
    path("<int:pk>/aufgabe/", events.new_step, name="add_step"),
    path("aufgaben/<int:pk>/", events.settle, name="settle_step"),
    path("<int:pk>/einladen/", people.inviting, name="invite"),
    path("<int:pk>/erinnern/", people.reminding, name="remind"),
    path("<int:pk>/anmelden/", people.registering, name="register"),
    path("<int:pk>/teilnahme/", people.presence, name="presence"),
    path("<int:pk>/teilnahme.csv", people.export, name="export"),
    path("<int:pk>/bescheinigungen.pdf", people.certificates, name="certificates"),
    path("<int:pk>/vorlage/", papers.fill_template, name="fill_template"),
    path("<int:pk>/tisch/", tables.new_group, name="add_group"),
    path("tische/<int:pk>/", tables.change_group, name="change_group"),
    path("tische/<int:pk>/ergebnis/", tables.new_result, name="add_result"),
    path("ergebnisse/<int:pk>/", tables.change_result, name="change_result"),
    path("<int:pk>/durchgefuehrt/", tables.hold, name="hold"),
    path("<int:pk>/rueckmeldung/", feedback.feedback, name="ask_back"),
    path("einladung/<str:token>/", by_link.invitation, name="invitation"),
]
