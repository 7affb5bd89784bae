"""Publishing an edition's tables: protected against what is public already, frozen, and withdrawn for a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.kernel.periods import Period
from kimwerk.reporting.models import (
    Edition,
    FactSheet,
    OpenTable,
    PlacedFigure,
    Publication,
    PublishedTable,
    Report,
)
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.public.results import value_of
from kimwerk.reporting.selectors.ledger import earlier, hidden_beside
from kimwerk.reporting.selectors.publications import tables_of
from kimwerk.reporting.services.placing import place_figure
from kimwerk.reporting.services.publishing import order_publication, run_publication, withdraw_publication
from kimwerk.reporting.services.refusals import IsPublished, NotPublic, ThresholdTooLow
from kimwerk.reporting.services.reports import change_report
from kimwerk.reporting.types import PublicationState
from kimwerk.reporting.web.edition_forms import PublishForm
from tests.activities.diary import stands
from tests.cast import Cast
from tests.reporting.reporters import begin, released, section_of

Act = Callable[[Actor], Actor]
APRIL = Period.of_days(date(2022, 1, 1), date(2022, 4, 30))


def short_report(cast: Cast) -> Report:
    """A report of two figures: by kind, and by municipality."""
    report = begin(cast)
    kim = cast.actor("kim")
    PlacedFigure.objects.filter(section__report=report).delete()
    section = section_of(report, "services")
    for by in ("kind", "municipality"):
        place_figure(actor=kim, section=section, planned=PlannedFigure("activities", (by,)))
    return report


@pytest.fixture
def edition(cast: Cast) -> Edition:
    stands(cast, "frieda", count=40)
    stands(cast, "mehmet", count=2, day=date(2022, 4, 20), kind_id=cast.categories["verweisberatung"])
    stands(cast, "mehmet", count=9, day=date(2022, 4, 20), kind_id=cast.categories["arbeitskreis"])
    return released(cast, short_report(cast))


def published(cast: Cast, edition: Edition, who: str = "lena") -> Publication:
    actor = cast.actor(who)
    set_actor(actor.account_id)
    ordered = order_publication(actor=actor, edition=edition, threshold=3)
    run_publication(actor=actor, publication_id=ordered.pk)
    return Publication.objects.get(pk=ordered.pk)


def test_small_numbers_are_hidden_and_the_cost_is_told(edition: Edition, cast: Cast) -> None:
    found = published(cast, edition)
    assert found.status is PublicationState.PUBLIC
    by_kind = tables_of(found)[0]
    assert value_of(by_kind, "verweisberatung") is None
    assert by_kind["suppressed"] == 2
    assert (found.suppressed, found.cost, found.threshold) == (2, 1, 3)
    assert found.region == "05382"


def test_an_attempt_to_difference_two_editions_fails(edition: Edition, cast: Cast) -> None:
    """A longer window with two more activities of a kind: subtracting the editions must not tell the two."""
    first = published(cast, edition)
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    stands(cast, "frieda", count=2, day=date(2022, 4, 25))
    stands(cast, "mehmet", count=30, day=date(2022, 4, 25), kind_id=cast.categories["arbeitskreis"])
    set_actor(kim.account_id)
    change_report(actor=kim, report=edition.report, title="Evaluation", window=APRIL)
    second = published(cast, released(cast, edition.report))
    assert second.status is PublicationState.PUBLIC
    assert second.differences > 0
    before, after = tables_of(first)[0], tables_of(second)[0]
    for cell in after["cells"]:
        old = value_of(before, *cell["members"])
        if cell["value"] is not None and old is not None:
            assert int(str(cell["value"])) - int(old) not in {1, 2}, cell


def test_everybody_reads_what_is_public_and_nothing_else(edition: Edition, cast: Cast) -> None:
    found = published(cast, edition)
    set_actor(None)
    assert Publication.objects.count() == 1
    assert OpenTable.objects.filter(publication=found).count() == 2
    assert FactSheet.objects.filter(publication=found).exists()
    assert PublishedTable.objects.count() == 0
    assert Edition.objects.count() == 0
    assert Report.objects.count() == 0


@pytest.mark.parametrize("who", ["karin", "frieda", "stefan", "klara", "tomasz"])
def test_publishing_is_for_coordination_and_leadership(edition: Edition, cast: Cast, act_as: Act, who: str) -> None:
    actor = act_as(cast.actor(who))
    with pytest.raises(PermissionDenied):
        order_publication(actor=actor, edition=edition, threshold=3)


def test_no_publication_hides_less_than_the_installation(
    edition: Edition, cast: Cast, act_as: Act, settings: LazySettings
) -> None:
    settings.SMALL_BELOW = 5
    lena = act_as(cast.actor("lena"))
    with pytest.raises(ThresholdTooLow):
        order_publication(actor=lena, edition=edition, threshold=3)
    assert not PublishForm({"threshold": "3"}).is_valid()
    assert PublishForm().get_initial_for_field(PublishForm().fields["threshold"], "threshold") == 5
    assert order_publication(actor=lena, edition=edition, threshold=5).threshold == 5


def test_an_edition_is_published_once_at_a_time(edition: Edition, cast: Cast, act_as: Act) -> None:
    found = published(cast, edition)
    lena = act_as(cast.actor("lena"))
    with pytest.raises(IsPublished):
        order_publication(actor=lena, edition=edition, threshold=5)
    withdraw_publication(actor=lena, publication=found, reason="Falsche Kommune.")
    again = order_publication(actor=lena, edition=edition, threshold=5)
    assert again.slug != found.slug


def test_a_withdrawn_publication_says_why_and_shows_nothing(edition: Edition, cast: Cast, act_as: Act) -> None:
    found = published(cast, edition)
    lena = act_as(cast.actor("lena"))
    withdrawn = withdraw_publication(actor=lena, publication=found, reason="Falsche Kommune.")
    with pytest.raises(NotPublic):
        withdraw_publication(actor=lena, publication=withdrawn, reason="Noch einmal.")
    assert len(earlier(lena, edition.organisation_id)) == 2  # what was read cannot be taken back
    set_actor(None)
    assert OpenTable.objects.count() == 0
    client = Client()
    response = client.get(reverse("public:publication", args=[found.slug]))
    assert response.status_code == 410
    assert "Falsche Kommune." in response.content.decode()
    assert client.get(reverse("public:table", args=[found.slug, 1, "csv"])).status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "update reporting_opentable set title = 'anders'",
        "delete from reporting_opentable",
        "delete from reporting_factsheet",
        "delete from reporting_publicpaper",
        "update reporting_publication set state = 'ordered'",
        "update reporting_publication set slug = 'anders'",
    ],
)
def test_what_was_published_never_changes(edition: Edition, cast: Cast, act_as: Act, statement: str) -> None:
    published(cast, edition)
    act_as(cast.actor("lena"))
    with (
        pytest.raises(IntegrityError, match=r"never changes|only moves on"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_public_page_needs_no_session_and_can_be_kept(edition: Edition, cast: Cast) -> None:
    found = published(cast, edition)
    client = Client()
    for name, args in (
        ("statistics", []),
        ("publication", [found.slug]),
        ("table", [found.slug, 1, "csv"]),
        ("table", [found.slug, 2, "json"]),
        ("package", [found.slug]),
        ("abstract", [found.slug]),
        ("fact_sheet", [found.slug, "05382060"]),
        ("report", [found.slug, "html"]),
    ):
        url = reverse(f"public:{name}", args=args)
        response = client.get(url)
        assert response.status_code == 200, url
        assert response["Cache-Control"] == "public, max-age=600"
        assert "Set-Cookie" not in response
        assert "<script" not in response.content.decode()
        assert client.get(url, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    for name in ("rdf", "turtle"):
        assert found.slug in client.get(reverse(f"dcat:{name}")).content.decode()


def test_a_refusal_names_the_table_and_what_tells_it(cast: Cast, sign_in: Callable[[str], Client]) -> None:
    """3 were printed for both months; 2 and 1 cannot be hidden below that, where zeros are printed."""
    verweis = cast.categories["verweisberatung"]
    for month in (3, 4):
        stands(cast, "frieda", count=40, day=date(2022, month, 10))
        stands(cast, "mehmet", count=30, day=date(2022, month, 10), kind_id=cast.categories["arbeitskreis"])
        stands(cast, "mehmet", count=5 - month, day=date(2022, month, 10), kind_id=verweis)
    report, kim = short_report(cast), cast.actor("kim")
    set_actor(kim.account_id)
    change_report(actor=kim, report=report, title="Evaluation", window=APRIL)
    first = published(cast, released(cast, report))
    assert value_of(tables_of(first)[0], "verweisberatung") == 3
    set_actor(kim.account_id)
    place_figure(
        actor=kim, section=section_of(report, "services"), planned=PlannedFigure("activities", ("kind", "month"))
    )
    second = published(cast, released(cast, report))
    assert second.status is PublicationState.REFUSED
    assert first.title in {by for told in second.left_out for by in told["by"].split(", ")}
    page = sign_in("lena").get(reverse("reporting:publication", args=[second.pk])).content.decode()
    assert all(told["title"] in page for told in second.left_out)


def report_of_a_part(cast: Cast) -> Report:
    """A report of all activities by municipality, and of those among them that are referral consultations."""
    report = begin(cast)
    kim = cast.actor("kim")
    PlacedFigure.objects.filter(section__report=report).delete()
    section = section_of(report, "services")
    for key in ("activities", "referrals"):
        place_figure(actor=kim, section=section, planned=PlannedFigure(key, ("municipality",)))
    return report


def test_a_small_rest_beside_a_part_is_protected_and_only_the_office_reads_why(cast: Cast) -> None:
    """Nine of ten activities in Siegburg are referral consultations: nobody shall read of the tenth."""
    consulting = cast.categories["verweisberatung"]
    for place, others, consultations in (("Siegburg", 1, 9), ("Troisdorf", 20, 20), ("Hennef (Sieg)", 20, 30)):
        there = {"municipality_id": cast.municipalities[place], "site_id": None}
        stands(cast, "frieda", count=others, **there)
        stands(cast, "frieda", count=consultations, kind_id=consulting, **there)
    found = published(cast, released(cast, report_of_a_part(cast)))
    whole, part = tables_of(found)
    rests = [
        int(str(cell["value"])) - int(value)
        for cell in whole["cells"]
        if cell["value"] is not None and (value := value_of(part, *cell["members"])) is not None
    ]
    assert 1 not in rests
    lena = cast.actor("lena")
    set_actor(lena.account_id)
    titles = {whole["title"], part["title"]}
    beside = hidden_beside(lena, found)
    assert beside
    assert all({title, *others} <= titles for title, others in beside)
    set_actor(None)
    page = Client().get(reverse("public:publication", args=[found.slug])).content.decode()
    assert "Geschützt ist auch, was übrig bliebe" in page
    assert "erführe eine kleine Zahl" not in page
    klara = cast.actor("klara")
    set_actor(klara.account_id)
    assert hidden_beside(klara, found) == ()
