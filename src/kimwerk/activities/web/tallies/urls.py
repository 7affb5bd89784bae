"""The addresses of the import, below those of the diary."""

from __future__ import annotations

from django.urls import path

from kimwerk.activities.web.tallies import files, views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("neu/", views.upload, name="import_upload"),
    path("muster.xlsx", files.sample, name="import_sample"),
    path("<int:pk>/", views.tally, name="import"),
    path("<int:pk>/stand/", views.progress, name="import_progress"),
    path("<int:pk>/zuordnung/", views.mapping, name="import_mapping"),
    path("<int:pk>/tabelle/", views.sheet, name="import_sheet"),
    path("<int:pk>/pruefen/", views.check, name="import_check"),
    path("<int:pk>/zeile/<int:number>/", views.row, name="import_row"),
    path("<int:pk>/abgelehnt.<str:kind>", files.rejected, name="import_rejected"),
    path("<int:pk>/eintragen/", views.apply, name="import_apply"),
    path("<int:pk>/zuruecknehmen/", views.undo, name="import_undo"),
    path("<int:pk>/abbrechen/", views.cancel, name="import_cancel"),
]
