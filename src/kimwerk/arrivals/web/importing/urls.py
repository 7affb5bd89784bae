"""The addresses of the import, below those of the lists."""

from __future__ import annotations

from django.urls import path

from kimwerk.arrivals.web.importing import files, views

urlpatterns = [
    path("<int:pk>/einlesen/", views.imports, name="imports"),
    path("<int:pk>/einlesen/neu/", views.upload, name="import_upload"),
    path("einlesen/<int:pk>/", views.brought, name="import"),
    path("einlesen/<int:pk>/stand/", views.progress, name="import_progress"),
    path("einlesen/<int:pk>/zuordnung/", views.mapping, name="import_mapping"),
    path("einlesen/<int:pk>/tabelle/", views.sheet, name="import_sheet"),
    path("einlesen/<int:pk>/pruefen/", views.check, name="import_check"),
    path("einlesen/<int:pk>/zeile/<int:number>/", views.row, name="import_row"),
    path("einlesen/<int:pk>/abgelehnt.<str:kind>", files.rejected, name="import_rejected"),
    path("einlesen/<int:pk>/uebernehmen/", views.apply, name="import_apply"),
    path("einlesen/<int:pk>/zuruecknehmen/", views.undo, name="import_undo"),
    path("einlesen/<int:pk>/abbrechen/", views.cancel, name="import_cancel"),
]
