"""Publishing the tables of an edition, and taking them off the public page."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.audit.services import record
from kimwerk.directory.models import Organisation
from kimwerk.kernel.hashing import Canonical, content_hash
from kimwerk.kernel.periods import ONE_DAY, Period
from kimwerk.reporting.disclosure.publication import ProtectedPublication, ProtectedTable, Published
from kimwerk.reporting.disclosure.publishing import protect_publication
from kimwerk.reporting.disclosure.refusing import PublicationRefused
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros
from kimwerk.reporting.freezing import as_content_json, thawed
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import Edition, FactSheet, OpenTable, Publication
from kimwerk.reporting.models.report import PAPERS
from kimwerk.reporting.policies import may_release_for
from kimwerk.reporting.public.balances import Emptiness, told_by_balance
from kimwerk.reporting.public.municipalities import SheetJson, sheets_of
from kimwerk.reporting.public.results import PublicTableJson, public_table
from kimwerk.reporting.public.sheets import sheet_papers
from kimwerk.reporting.public.tables import Candidate, LeftOut, Unpublished, candidates_of
from kimwerk.reporting.selectors.figures import figure_table
from kimwerk.reporting.selectors.ledger import earlier, ledger_name
from kimwerk.reporting.selectors.publications import places_of
from kimwerk.reporting.services.ledger import enter
from kimwerk.reporting.services.public_papers import ReportForAll, keep_report, report_for_all
from kimwerk.reporting.services.refusals import IsPublished, NotPublic, ThresholdTooLow
from kimwerk.reporting.threshold import allowed_thresholds
from kimwerk.reporting.types import PublicationState

SECONDS = 20.0
"""For the search of cells to hide; what was found then is audited and published with its gap."""

LONGEST_SLUG = 70


@transaction.atomic
def order_publication(*, actor: Actor, edition: Edition, threshold: int, with_report: bool = True) -> Publication:
    """Order the publication of an edition's tables, and of the whole report with the numbers that they tell.

    Raises IsPublished if they are public or soon will be.
    """
    if not may_release_for(actor, edition.organisation_id) or actor.account_id is None:
        raise PermissionDenied
    if threshold not in allowed_thresholds():
        raise ThresholdTooLow
    current = Edition.objects.select_for_update(of=("self",)).without_files().get(pk=edition.pk)
    before = Publication.objects.filter(edition=current)
    if any(each.status.is_under_way or each.status is PublicationState.PUBLIC for each in before):
        raise IsPublished
    organisation = Organisation.objects.select_related("district").get(pk=current.organisation_id)
    publication = Publication.objects.create(
        edition=current,
        organisation=organisation,
        slug=_slug(current, len(before)),
        title=current.title,
        publisher=organisation.name,
        region=organisation.district.key if organisation.district else "",
        window_start=current.window_start,
        window_end=current.window_end,
        threshold=threshold,
        with_report=with_report,
        ordered_by_id=actor.account_id,
    )
    record(actor=actor, action="publication.ordered", subject=publication)
    return publication


def run_publication(*, actor: Actor, publication_id: int) -> None:
    """Protect the tables together with everything published before, and put them onto the public page.

    Does nothing if somebody else is at it. Where what is public already tells something small, the publication is
    refused. What goes wrong is raised again after the publication is marked as failed.
    """
    publication = _begin(actor, publication_id)
    if publication is None:
        return
    try:
        with acting(actor):
            edition = Edition.objects.defer(*PAPERS).get(pk=publication.edition_id)
            content = thawed(as_content_json(edition.content))
            candidates, left_out = candidates_of(content, publication.organisation_id)
            before = earlier(actor, publication.organisation_id)
        policy = Policy(publication.threshold, Zeros.PUBLISHED, Cost.CELLS)
        protected = _protected(candidates, policy, before)
        was_empty = _emptiness(actor, publication.organisation_id)
        while balancing := _balancing(
            candidates, told_by_balance(protected.tables, before, publication.organisation_id, was_empty), protected
        ):
            left_out += tuple(LeftOut(each.figure.title, Unpublished.BALANCE) for each in balancing)
            candidates = tuple(each for each in candidates if each not in balancing)
            protected = _protected(candidates, policy, before)
        shown = _shown(candidates, protected)
        report = report_for_all(actor, edition, content, shown, left_out) if publication.with_report else ReportForAll()
        _publish(actor, publication, content.counted_on, Result(protected, policy, shown, left_out, report))
    except PublicationRefused as refused:
        _end(actor, publication, PublicationState.REFUSED, _told(refused))
    except Exception:
        _end(actor, publication, PublicationState.FAILED)
        raise


def _protected(candidates: Sequence[Candidate], policy: Policy, before: Sequence[Published]) -> ProtectedPublication:
    tables = [table for candidate in candidates for table in candidate.tables]
    return protect_publication(tables, policy, before, SECONDS)


def _emptiness(actor: Actor, organisation: int) -> Emptiness:
    """Counts stocks on the day before another one; what the actor may not count is taken for empty."""

    def was_empty(stock: str, day: date) -> bool:
        before = Period(day - ONE_DAY, day)
        with acting(actor):
            return not figure_table(actor, stock, before, by=(), organisation=organisation).counted.total

    return was_empty


def _balancing(
    candidates: Sequence[Candidate], told: Collection[int], protected: ProtectedPublication
) -> list[Candidate]:
    """Figures that would tell, with others, what is hidden: who was there, who came and who went."""
    names = {id(protected.tables[place].table) for place in told}
    return [each for each in candidates if any(id(table) in names for table in each.tables)]


@transaction.atomic
def withdraw_publication(*, actor: Actor, publication: Publication, reason: str) -> Publication:
    """Take a publication off the page. What was public stays known to the protection of all later ones."""
    if not may_release_for(actor, publication.organisation_id):
        raise PermissionDenied
    current = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if current.status is not PublicationState.PUBLIC:
        raise NotPublic
    current.state, current.withdrawal_reason = PublicationState.WITHDRAWN.value, clean(reason)
    current.withdrawn_at, current.withdrawn_by_id = timezone.now(), actor.account_id
    current.save(update_fields=["state", "withdrawal_reason", "withdrawn_at", "withdrawn_by"])
    record(actor=actor, action="publication.withdrawn", subject=current)
    return current


def _slug(edition: Edition, before: int) -> str:
    name = slugify(edition.title)[:LONGEST_SLUG].strip("-") or "bericht"
    again = f"-{before + 1}" if before else ""
    return f"{name}-{edition.pk}{again}"


def _begin(actor: Actor, publication_id: int) -> Publication | None:
    with acting(actor):
        found = _held(actor, publication_id)
        if found is None or found.status is not PublicationState.ORDERED:
            return None
        found.state = PublicationState.PROTECTING.value
        found.save(update_fields=["state"])
        return found


def _held(actor: Actor, publication_id: int) -> Publication | None:
    mine = Publication.objects.visible_to(actor).select_for_update(of=("self",))
    return mine.filter(pk=publication_id).first()


def _told(refused: PublicationRefused) -> list[dict[str, str]]:
    """The tables that would tell something small, and who else tells it."""
    return [{"title": table, "by": ", ".join(dict.fromkeys(map(_called, by)))} for table, by in refused.tables.items()]


def _called(publication: str) -> str:
    """What people call a publication in the ledger, without its address."""
    return publication.rpartition(" (")[0] or publication


def _end(
    actor: Actor, publication: Publication, state: PublicationState, told: Sequence[Mapping[str, str]] = ()
) -> None:
    with acting(actor):
        found = _held(actor, publication.pk)
        if found is not None and found.status.is_under_way:
            found.state, found.left_out = state.value, list(told)
            found.save(update_fields=["state", "left_out"])
            record(actor=actor, action=f"publication.{state.value}", subject=found)


def _shown(candidates: Sequence[Candidate], protected: ProtectedPublication) -> tuple[PublicTableJson, ...]:
    """The tables as readers see them, in the order of the edition."""
    left = list(protected.tables)
    shown = []
    for candidate in candidates:
        own: list[ProtectedTable] = left[: len(candidate.tables)]
        del left[: len(candidate.tables)]
        shown.append(public_table(candidate, own, _("in all")))
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine did, what readers will see of it, and the whole report made of that."""

    protected: ProtectedPublication
    policy: Policy
    shown: tuple[PublicTableJson, ...]
    left_out: tuple[LeftOut, ...]
    report: ReportForAll


def _publish(actor: Actor, publication: Publication, counted_on: date, result: Result) -> None:
    with acting(actor):
        sheets = sheets_of(result.shown, places_of(publication.region))
    papers = sheet_papers(sheets, publication, counted_on)
    with acting(actor):
        found = _held(actor, publication.pk)
        if found is None or found.status is not PublicationState.PROTECTING:
            return
        _keep(found, result.shown, sheets, papers)
        keep_report(found, result.report)
        enter(
            actor=actor,
            organisation=Organisation.objects.get(pk=found.organisation_id),
            name=ledger_name(found),
            publication=result.protected,
            policy=result.policy,
        )
        found.state, found.published_at = PublicationState.PUBLIC.value, timezone.now()
        found.cells = sum(len(table["cells"]) for table in result.shown)
        found.suppressed = sum(table["suppressed"] for table in result.shown if table["is_protected"])
        found.cost, found.differences = result.protected.cost, result.protected.differences
        found.gap = Decimal(result.protected.gap).quantize(Decimal("0.00001"))
        found.left_out = _left_out(result)
        found.save()
        record(actor=actor, action="publication.published", subject=found)


def _left_out(result: Result) -> list[dict[str, str]]:
    """Figures, and the whole report if texts of these headings name what is not published."""
    telling = [LeftOut(heading, Unpublished.TOLD_BY_TEXT) for heading in result.report.telling]
    return [{"title": each.title, "why": each.why.value} for each in (*result.left_out, *telling)]


def _keep(
    publication: Publication, shown: Sequence[PublicTableJson], sheets: Sequence[SheetJson], papers: Sequence[bytes]
) -> None:
    OpenTable.objects.bulk_create(
        OpenTable(
            publication=publication, position=number, title=table["title"], content=table, content_hash=_hash(table)
        )
        for number, table in enumerate(shown, start=1)
    )
    FactSheet.objects.bulk_create(
        FactSheet(publication=publication, ags=sheet["ags"], name=sheet["name"], content=sheet, pdf=paper)
        for sheet, paper in zip(sheets, papers, strict=True)
    )


def _hash(table: PublicTableJson) -> str:
    plain: Canonical = json.loads(json.dumps(table))
    return content_hash(plain)
