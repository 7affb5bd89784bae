"""Casework's addresses."""

from __future__ import annotations

from django.urls import path

from kimwerk.casework.web.views import (
    agreements,
    assessments,
    cases,
    contacts,
    ending,
    handing,
    listing,
    oversight,
    plan,
)

app_name = "casework"
urlpatterns = [
    path("", listing.my_cases, name="list"),
    path("neu/", cases.choose_person, name="choose_person"),
    path("neu/<int:person>/", cases.new, name="new"),
    path("kurzberatung/", contacts.short_advice, name="short_advice"),
    path("uebersicht/", listing.overview, name="overview"),
    path("stichproben/", oversight.samples, name="samples"),
    path("stichproben/<int:pk>/", oversight.review, name="review"),
    path("regeln/", oversight.rules, name="rules"),
    path("regeln/<int:pk>/beenden/", oversight.end_rule, name="end_rule"),
    path("<int:pk>/", cases.case, name="case"),
    path("<int:pk>/rahmen/", cases.frame, name="frame"),
    path("<int:pk>/klaerung/", cases.clarification, name="clarification"),
    path("<int:pk>/verlauf/", cases.history, name="history"),
    path("<int:pk>/entwurf/", cases.draft, name="draft"),
    path("<int:pk>/abschluss/", ending.close, name="close"),
    path("<int:pk>/wiederaufnahme/", ending.reopen, name="reopen"),
    path("<int:pk>/uebergabe/", handing.hand, name="hand_over"),
    path("<int:pk>/vertretung/", handing.deputy, name="deputise"),
    path("<int:pk>/vertretung/ende/", handing.deputy_end, name="end_deputy"),
    path("<int:pk>/einsicht/", oversight.glass, name="break_glass"),
    path("<int:pk>/einsicht/<int:insight>/ende/", oversight.leave, name="end_insight"),
    path("<int:pk>/einsicht/<int:insight>/gesehen/", oversight.seen, name="acknowledge"),
    path("<int:pk>/lage/", assessments.situation, name="situation"),
    path("<int:pk>/lage/neu/", assessments.new, name="assess"),
    path("<int:pk>/lage/<int:assessment>/", assessments.edit, name="assessment"),
    path("<int:pk>/ziele/", plan.plan, name="plan"),
    path("<int:pk>/ziele/neu/", plan.new_goal, name="new_goal"),
    path("<int:pk>/ziele/<int:goal>/", plan.goal, name="goal"),
    path("<int:pk>/ziele/<int:goal>/stand/", plan.goal_state, name="goal_state"),
    path("<int:pk>/ziele/<int:goal>/schritt/", plan.new_step, name="new_step"),
    path("<int:pk>/schritte/<int:step>/", plan.step, name="step"),
    path("<int:pk>/schritte/<int:step>/<str:state>/", plan.step_state, name="step_state"),
    path("<int:pk>/vereinbarung/", agreements.new, name="agree"),
    path("<int:pk>/vereinbarung/<int:agreement>/", agreements.sign, name="sign"),
    path("<int:pk>/vereinbarung/<int:agreement>/zielvereinbarung.pdf", agreements.pdf, name="agreement_pdf"),
    path("<int:pk>/kontakte/", contacts.contacts, name="contacts"),
    path("<int:pk>/kontakte/neu/", contacts.new, name="new_contact"),
    path("<int:pk>/kontakte/<int:contact>/", contacts.edit, name="contact"),
    path("<int:pk>/notizen/neu/", contacts.new_note, name="new_note"),
    path("<int:pk>/notizen/<int:note>/", contacts.edit_note, name="note"),
    path("<int:pk>/fristen/neu/", contacts.new_deadline, name="new_deadline"),
    path("<int:pk>/fristen/<int:deadline>/<str:state>/", contacts.deadline_state, name="deadline_state"),
]
