"""The addresses of the registration lists."""

from __future__ import annotations

from django.urls import path

from kimwerk.arrivals.web.importing.urls import urlpatterns as of_imports
from kimwerk.arrivals.web.views import checking, entering, occasions, rows

app_name = "arrivals"
urlpatterns = [
    *of_imports,
    path("", occasions.occasions, name="occasions"),
    path("neu/", occasions.begin, name="open"),
    path("<int:pk>/", rows.rows, name="rows"),
    path("<int:pk>/wochen/", occasions.curve, name="curve"),
    path("<int:pk>/schliessen/", occasions.close, name="close"),
    path("<int:pk>/familie/", entering.family, name="family"),
    path("<int:pk>/familie/doppelte/", entering.doubles, name="doubles"),
    path("<int:pk>/pruefen/", checking.check, name="check"),
    path("<int:pk>/freigeben/", checking.release, name="release"),
    path("zeilen/<int:pk>/", rows.row, name="row"),
    path("zeilen/<int:pk>/berichtigen/", entering.correct, name="correct"),
    path("zeilen/<int:pk>/hinweis/", checking.accept, name="accept"),
    path("zeilen/<int:pk>/zusammenfuehren/<int:other>/", checking.merge, name="merge"),
    path("zeilen/<int:pk>/zurueckholen/", checking.unmerge, name="unmerge"),
]
