"""The addresses of the registration lists."""

from __future__ import annotations

from django.urls import path

from kimwerk.arrivals.web.importing.urls import urlpatterns as of_imports
from kimwerk.arrivals.web.views import (
    capturing,
    checking,
    contracts,
    ending,
    entering,
    inviting,
    occasions,
    office,
    papers,
    places,
    rows,
    taking_out,
)

app_name = "arrivals"
urlpatterns = [
    *of_imports,
    path("", occasions.occasions, name="occasions"),
    path("neu/", occasions.begin, name="open"),
    path("geraet/", capturing.device, name="device"),
    path("dienst.js", capturing.worker, name="worker"),
    path("<int:pk>/", rows.rows, name="rows"),
    path("<int:pk>/wochen/", occasions.curve, name="curve"),
    path("<int:pk>/fristen/", occasions.periods, name="periods"),
    path("<int:pk>/schliessen/", occasions.close, name="close"),
    path("<int:pk>/vorlage/", papers.fill_template, name="fill_template"),
    path("<int:pk>/familie/", entering.family, name="family"),
    path("<int:pk>/familie/doppelte/", entering.doubles, name="doubles"),
    path("<int:pk>/pruefen/", checking.check, name="check"),
    path("<int:pk>/freigeben/", checking.release, name="release"),
    path("zeilen/<int:pk>/", rows.row, name="row"),
    path("zeilen/<int:pk>/berichtigen/", entering.correct, name="correct"),
    path("zeilen/<int:pk>/hinweis/", checking.accept, name="accept"),
    path("zeilen/<int:pk>/freigabe-zuruecknehmen/", checking.take_back, name="take_release_back"),
    path("zeilen/<int:pk>/zusammenfuehren/<int:other>/", checking.merge, name="merge"),
    path("zeilen/<int:pk>/zurueckholen/", checking.unmerge, name="unmerge"),
    path("zeilen/<int:pk>/akte/", ending.take, name="take_into_care"),
    path("<int:pk>/loeschen/", ending.erase, name="erase"),
    path("bedarf/", contracts.contracts, name="contracts"),
    path("bedarf/neu/", contracts.publish, name="publish_contract"),
    path("bedarf/<int:pk>/", contracts.contract, name="contract"),
    path("bedarf/<int:pk>/in-kraft-setzen/", contracts.accept, name="accept_contract"),
    path("bedarf/<int:pk>/beenden/", contracts.end, name="end_contract"),
    path("stelle/", office.lists, name="office"),
    path("stelle/<int:pk>/<int:occasion>/", office.held, name="held"),
    path("stelle/<int:pk>/<int:occasion>/abrufen/", office.fetch, name="fetch"),
    path("stelle/<int:pk>/<int:occasion>/entnehmen/<slug:form>/", taking_out.file, name="take_out"),
    path("stelle/<int:pk>/<int:occasion>/einladungen/", inviting.invitations, name="invitations"),
    path("stelle/<int:pk>/<int:occasion>/einladungen/neu/", inviting.begin, name="invite"),
    path("stelle/<int:pk>/<int:occasion>/einladungen/briefe.pdf", inviting.letters, name="letters"),
    path("stelle/<int:pk>/<int:occasion>/plaetze/", places.places, name="places"),
    path("stelle/<int:pk>/<int:occasion>/plaetze/neu/", places.keep, name="keep_places"),
    path("stelle/<int:pk>/<int:occasion>/plaetze/<int:row>/", places.give, name="give_place"),
    path("stelle/einladungen/<int:pk>/", inviting.invitation, name="invitation"),
    path("stelle/einladungen/<int:pk>/termin/", inviting.appoint, name="appoint_anew"),
    path("stelle/einladungen/<int:pk>/registriert/", inviting.register, name="note_registered"),
    path("bedarf/<int:pk>/tabellenschema.json", taking_out.schema, name="table_schema"),
    path("abrufe/", office.receipts, name="receipts"),
    path("abrufe/<int:pk>/", office.receipt, name="receipt"),
]
