"""Addresses that everybody may open, below /statistik/."""

from __future__ import annotations

from django.urls import path, re_path

from kimwerk.reporting.web import public_views as views

app_name = "public"
urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("<slug:slug>/", views.publication, name="publication"),
    re_path(r"^(?P<slug>[-\w]+)/tabelle-(?P<number>[0-9]{1,3})\.(?P<form>csv|json)$", views.table_file, name="table"),
    path("<slug:slug>/datapackage.json", views.package, name="package"),
    re_path(r"^(?P<slug>[-\w]+)/bericht\.(?P<form>html|pdf|docx|xlsx)$", views.report, name="report"),
    path("<slug:slug>/kurz.svg", views.abstract, name="abstract"),
    path("<slug:slug>/kommune/<str:ags>/", views.fact_sheet, name="fact_sheet"),
    path("<slug:slug>/kommune/<str:ags>/blatt.pdf", views.fact_sheet_paper, name="fact_sheet_paper"),
]
