"""All doors of the house. Rooms bring their own; every view declares who may enter."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("kimwerk.desk.web.urls")),
    path("konto/", include("kimwerk.accounts.web.urls")),
    path("", include("kimwerk.ui.web.urls")),
    path("verzeichnis/", include("kimwerk.directory.web.urls")),
    path("veranstaltungen/", include("kimwerk.events.web.urls")),
    path("sprachprogramm/", include("kimwerk.early_language.web.urls")),
    path("umfragen/", include("kimwerk.surveys.web.urls")),
    path("faelle/", include("kimwerk.consent.web.urls")),
    path("tagebuch/", include("kimwerk.activities.web.urls")),
    path("faelle/personen/", include("kimwerk.persons.web.urls")),
    path("faelle/", include("kimwerk.casework.web.urls")),
    path("erfassung/", include("kimwerk.arrivals.web.urls")),
    path("netzwerk/", include("kimwerk.network.web.urls")),
    path("steuerung/", include("kimwerk.needs.web.urls")),
    path("steuerung/", include("kimwerk.documents.web.urls")),
    path("steuerung/", include("kimwerk.steering.web.urls")),
    path("personal/", include("kimwerk.staffing.web.urls")),
    path("finanzen/", include("kimwerk.finance.web.urls")),
    path("auswertung/", include("kimwerk.reporting.web.urls")),
    path("statistik/", include("kimwerk.reporting.web.public_urls")),
    path("daten/", include("kimwerk.exchange.dcat.urls")),
    path("anmeldung/", include("kimwerk.accounts.web.sign_in_urls")),
]
