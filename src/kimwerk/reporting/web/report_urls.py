"""Addresses of reports and editions, below /auswertung/."""

from __future__ import annotations

from django.urls import path

from kimwerk.reporting.web.views import builds, editions, placing, publishing, reports, scheduling, sections, talking

report_patterns = [
    path("berichte/", reports.reports, name="reports"),
    path("berichte/neu/", reports.report_new, name="report_new"),
    path("berichte/zeitplan/", scheduling.schedules, name="schedules"),
    path("berichte/zeitplan/neu/", scheduling.schedule_new, name="schedule_new"),
    path("berichte/zeitplan/<int:pk>/beenden/", scheduling.schedule_end, name="schedule_end"),
    path("berichte/<int:pk>/", reports.report, name="report"),
    path("berichte/<int:pk>/angaben/", reports.report_facts, name="report_facts"),
    path("berichte/<int:pk>/vorschau/", builds.report_preview, name="report_preview"),
    path("berichte/<int:pk>/erstellen/", builds.build_order, name="build_order"),
    path("berichte/<int:pk>/stand/", builds.build_state, name="build_state"),
    path("berichte/<int:pk>/abbrechen/", builds.build_cancel, name="build_cancel"),
    path("berichte/<int:pk>/freigeben/", editions.release, name="release"),
    path("berichte/<int:pk>/abschnitte/neu/", sections.section_new, name="section_new"),
    path("berichte/entwuerfe/<int:pk>/<str:kind>/", builds.build_file, name="build_file"),
    path("berichte/ausgaben/<int:pk>/", editions.edition, name="edition"),
    path("berichte/ausgaben/<int:pk>/fortschreiben/", editions.edition_next, name="edition_next"),
    path("berichte/ausgaben/<int:pk>/veroeffentlichen/", publishing.publish, name="publish"),
    path("berichte/veroeffentlichungen/<int:pk>/", publishing.publication, name="publication"),
    path("berichte/veroeffentlichungen/<int:pk>/zurueckziehen/", publishing.withdraw, name="withdraw"),
    path("berichte/ausgaben/<int:pk>/<str:kind>/", editions.edition_file, name="edition_file"),
    path("berichte/abschnitte/<int:pk>/", sections.section, name="section"),
    path("berichte/abschnitte/<int:pk>/absprache/", talking.section_talk, name="section_talk"),
    path("berichte/abschnitte/<int:pk>/verantwortlich/", talking.section_author, name="section_author"),
    path("berichte/anmerkungen/<int:pk>/erledigt/", talking.comment_settle, name="comment_settle"),
    path("berichte/abschnitte/<int:pk>/bearbeiten/", sections.section_edit, name="section_edit"),
    path("berichte/abschnitte/<int:pk>/danach/", sections.section_after, name="section_after"),
    path("berichte/abschnitte/<int:pk>/entfernen/", sections.section_remove, name="section_remove"),
    path("berichte/abschnitte/<int:pk>/zurueckholen/", sections.section_restore, name="section_restore"),
    path("berichte/abschnitte/<int:pk>/bewegen/<str:direction>/", sections.section_move, name="section_move"),
    path("berichte/abschnitte/<int:pk>/abbildung/", placing.figure_new, name="figure_new"),
    path("berichte/abbildungen/<int:pk>/", placing.figure_edit, name="figure_edit"),
    path("berichte/abbildungen/<int:pk>/entfernen/", placing.figure_remove, name="figure_remove"),
    path("berichte/abbildungen/<int:pk>/zurueckholen/", placing.figure_restore, name="figure_restore"),
    path("berichte/abbildungen/<int:pk>/bewegen/<str:direction>/", placing.figure_move, name="figure_move"),
]
