"""The persons in one's care and what they allowed; the letter to one of them."""

from __future__ import annotations

from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.consent.models import ConsentText, Declaration, Grant
from kimwerk.consent.policies import may_declare
from kimwerk.consent.selectors import disclosed_about
from kimwerk.consent.web.pages import DeclarationLine, ListPage, PersonPage
from kimwerk.consent.web.papers import print_letter
from kimwerk.consent.web.papers.letter import Letter, LetterLine
from kimwerk.consent.web.showing import (
    badge_of_declaration,
    basis_text,
    card_or_404,
    disclosures_table,
    grant_line,
    moment,
    state_of,
    title_of,
)
from kimwerk.consent.web.wording import categories_text
from kimwerk.directory.models import Organisation
from kimwerk.kernel import german
from kimwerk.persons.models import Person
from kimwerk.persons.selectors import facts_by_category
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, Row, Table, Tone
from kimwerk.ui.listing import paged


@require_GET
@needs(Permission.PERSON_KEEP)
def listing(request: ActorRequest) -> HttpResponse:
    """The persons in one's care, each with what is in force."""
    found = paged(Person.objects.visible_to(request.actor).in_order(), request.GET)
    running = Grant.objects.visible_to(request.actor).in_force(timezone.localdate())
    counted = running.filter(person__in=[each.pk for each in found.items]).values("person")
    grants = {each["person"]: each for each in counted.annotate(count=Count("pk"), soonest=Min("valid_until"))}
    rows = []
    for person in found.items:
        held = grants.get(person.pk)
        state = Badge(_("%(count)s in force") % {"count": held["count"]}, Tone.SUCCESS) if held else Badge(_("none"))
        rows.append(
            Row(
                (
                    Cell(person.listed_name, url=address_of_record("consent:person", person.pk)),
                    Cell(badge=state),
                    Cell(german.day(held["soonest"]) if held else ""),
                ),
                key=f"person-{person.pk}",
            )
        )
    columns = (Column(_("Person")), Column(_("Consent")), Column(_("The next one ends on")))
    table = Table(_("Consent of the persons in your care"), columns, tuple(rows), is_caption_hidden=True)
    return render(request, "consent/list.html", {"page": ListPage(table, found.pagination)})


@require_GET
@needs(Permission.PERSON_KEEP, Permission.CASE_OVERSEE)
def person(request: ActorRequest, person: int) -> HttpResponse:
    """What one person declared, and everything that was ever told about them."""
    card, today = card_or_404(request, person), timezone.localdate()
    declarations = Declaration.objects.visible_to(request.actor).filter(person=person).order_by("-declared_on", "-pk")
    grants = Grant.objects.visible_to(request.actor).filter(person=person, declaration__withdrawn_at__isnull=True)
    related = grants.select_related("purpose", "recipient", "group", "declaration").order_by("-valid_until", "pk")
    lines = tuple(line for each in related if (line := grant_line(each, today)).is_running)
    page = PersonPage(
        card=card,
        grants=lines,
        declarations=tuple(
            DeclarationLine(each, title_of(each), badge_of_declaration(each), each.place) for each in declarations
        ),
        disclosures=disclosures_table(disclosed_about(request.actor, person)),
        may_declare=may_declare(request.actor, person),
        has_texts=ConsentText.objects.visible_to(request.actor)
        .in_force()
        .filter(Q(organisation=card.organisation_id))
        .exists(),
    )
    return render(request, "consent/person.html", {"page": page})


@require_GET
@needs(Permission.PERSON_KEEP)
def letter(request: ActorRequest, person: int) -> HttpResponse:
    """The letter that lists everything that was ever disclosed."""
    card = card_or_404(request, person)
    address = facts_by_category(request.actor, person)
    pdf = print_letter(
        Letter(
            controller=Organisation.objects.values_list("name", flat=True).get(pk=card.organisation_id),
            person=card.name,
            address=tuple(
                text for category, fields in address.items() if category.value == "address" for text in fields.values()
            ),
            made_at=timezone.localtime(),
            lines=[
                LetterLine(
                    day=moment(each),
                    recipient=each.recipient.name,
                    purpose=each.purpose.label,
                    data=categories_text(each.categories),
                    basis=basis_text(each),
                    state=str(state_of(each).label),
                )
                for each in disclosed_about(request.actor, person)
            ],
        )
    )
    return pdf_answer(pdf, "weitergaben")


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to look at."""
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
