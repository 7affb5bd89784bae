"""The addresses of consent, below the cases."""

from __future__ import annotations

from django.urls import path

from kimwerk.consent.web.views import declaring, disclosures, inbox, lists, persons, review, texts

app_name = "consent"
urlpatterns = [
    path("einwilligungen/", persons.listing, name="list"),
    path("einwilligungen/personen/<int:person>/", persons.person, name="person"),
    path("einwilligungen/personen/<int:person>/neu/", declaring.declare, name="declare"),
    path("einwilligungen/personen/<int:person>/vordruck/", declaring.blank, name="blank"),
    path("einwilligungen/personen/<int:person>/brief.pdf", persons.letter, name="letter"),
    path("einwilligungen/<int:pk>/", declaring.declaration, name="declaration"),
    path("einwilligungen/<int:pk>/kopie.pdf", declaring.copy, name="copy"),
    path("einwilligungen/<int:pk>/nachweis/", declaring.proof, name="proof"),
    path("einwilligungen/<int:pk>/widerrufen/", declaring.withdraw, name="withdraw"),
    path("einwilligungen/erlaubnisse/<int:pk>/widerrufen/", declaring.withdraw_grant, name="withdraw_grant"),
    path("einwilligungen/texte/", texts.listing, name="texts"),
    path("einwilligungen/texte/<str:kind>/neu/", texts.begin, name="begin_text"),
    path("einwilligungen/texte/<int:pk>/", texts.text, name="text"),
    path("einwilligungen/texte/<int:pk>/bearbeiten/", texts.edit, name="edit_text"),
    path("einwilligungen/texte/<int:pk>/vergleich/", texts.compare, name="compare_text"),
    path("einwilligungen/texte/<int:pk>/in-kraft-setzen/", texts.approve, name="approve_text"),
    path("einwilligungen/texte/<int:pk>/vordruck.pdf", texts.sheet, name="text_sheet"),
    path("einwilligungen/listen/", lists.lists, name="lists"),
    path("einwilligungen/listen/<str:key>/", lists.lists, name="choices"),
    path("einwilligungen/listen/<str:key>/<int:pk>/anbieten/", lists.offer_word, name="offer_word"),
    path("einwilligungen/gruppen/<int:pk>/", lists.group, name="group"),
    path("einwilligungen/gruppen/<int:pk>/anbieten/", lists.offer_group, name="offer_group"),
    path("einwilligungen/gruppen/<int:pk>/mitglieder/<int:member>/beenden/", lists.leave_group, name="leave_group"),
    path("weitergaben/personen/<int:person>/neu/", disclosures.disclose, name="disclose"),
    path("weitergaben/<int:pk>/", disclosures.disclosure, name="disclosure"),
    path("weitergaben/<int:pk>/zurueckrufen/", disclosures.recall, name="recall"),
    path("weitergaben/gesetzlich/", review.by_law, name="by_law"),
    path("weitergaben/gesetzlich/liste.csv", review.by_law_csv, name="by_law_csv"),
    path("weitergaben/gesetzlich/liste.pdf", review.by_law_pdf, name="by_law_pdf"),
    path("eingang/", inbox.inbox, name="inbox"),
    path("eingang/<int:pk>/", inbox.received, name="received"),
    path("eingang/<int:pk>/geloescht/", inbox.deleted, name="deleted"),
]
