"""The addresses of referrals, conferences and checklists, below those of casework."""

from __future__ import annotations

from django.urls import path

from kimwerk.casework.web.referrals import by_link, checklists, conferences, linking, receiving, sending

urlpatterns = [
    path("<int:pk>/verbindungen/", linking.linking, name="linking"),
    path("verweise/", sending.referrals, name="referrals"),
    path("verweise/neu/<int:pk>/", sending.new, name="referral_new"),
    path("verweise/<int:pk>/", sending.referral, name="referral"),
    path("verweise/<int:pk>/zuruecknehmen/", sending.recall, name="referral_recall"),
    path("verweise/<int:pk>/aufgeben/", sending.give_up, name="referral_give_up"),
    path("verweise/<int:pk>/angekommen/", sending.arrival, name="referral_arrival"),
    path("verweise/<int:pk>/ergebnis/", sending.result, name="referral_result"),
    path("verweise/<int:pk>/weitergeben/", sending.release, name="referral_release"),
    path("verweise/<int:pk>/link/", sending.link, name="referral_link"),
    path("verweise/<int:pk>/zettel.pdf", sending.slip, name="referral_slip"),
    path("eingang/verweise/", receiving.incoming, name="incoming"),
    path("eingang/verweise/<int:pk>/", receiving.received, name="received"),
    path("eingang/verweise/<int:pk>/angaben/", receiving.content, name="received_content"),
    path("eingang/verweise/<int:pk>/antwort/", receiving.answer, name="received_answer"),
    path("eingang/verweise/<int:pk>/angekommen/", receiving.arrived, name="received_arrived"),
    path("eingang/verweise/<int:pk>/ergebnis/", receiving.result, name="received_result"),
    path("eingang/brief/<str:token>/", by_link.link, name="link"),
    path("eingang/brief/<str:token>/antwort/", by_link.link_answer, name="link_answer"),
    path("eingang/brief/<str:token>/ergebnis/", by_link.link_result, name="link_result"),
    path("konferenzen/", conferences.listing, name="conferences"),
    path("konferenzen/neu/<int:pk>/", conferences.new, name="conference_new"),
    path("konferenzen/lernen/", conferences.learn, name="conference_learn"),
    path("konferenzen/<int:pk>/", conferences.conference, name="conference"),
    path("konferenzen/<int:pk>/einladen/", conferences.invite, name="conference_invite"),
    path("konferenzen/<int:pk>/weitergeben/", conferences.share, name="conference_share"),
    path("konferenzen/<int:pk>/ergebnis/", conferences.held, name="conference_held"),
    path("konferenzen/<int:pk>/absagen/", conferences.cancel, name="conference_cancel"),
    path("konferenzen/<int:pk>/aufgabe/", conferences.task, name="conference_task"),
    path("konferenzen/aufgaben/<int:pk>/erledigt/", conferences.settle, name="conference_settle"),
    path("aufenthalt/", checklists.checklists, name="checklists"),
    path("aufenthalt/neu/<int:pk>/", checklists.new, name="checklist_new"),
    path("aufenthalt/<int:pk>/", checklists.checklist, name="checklist"),
    path("aufenthalt/<int:pk>/stand/", checklists.standing, name="checklist_standing"),
    path("aufenthalt/<int:pk>/weitergeben/", checklists.hand_over, name="checklist_hand_over"),
]
