"""Making the files of a report, at once or in the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting, set_actor
from kimwerk.audit.services import record
from kimwerk.reporting.compose import document_of
from kimwerk.reporting.counting import count_report
from kimwerk.reporting.freezing import ContentJson, frozen, thawed
from kimwerk.reporting.html import render_html
from kimwerk.reporting.models import PlacedFigure, Report, ReportBuild
from kimwerk.reporting.models.report import PAPERS
from kimwerk.reporting.papers import Papers, papers_of
from kimwerk.reporting.plan import Plan
from kimwerk.reporting.selectors.reports import is_stuck, plan_of
from kimwerk.reporting.services.refusals import BuildIsUnderWay
from kimwerk.reporting.services.reports import locked
from kimwerk.reporting.types import BuildState

SMALL = 4
"""Figures up to which a report is made at once: about a second, while somebody waits."""

DRAFTS_KEPT = 3
"""Drafts of a report that stay; what matters is released."""


@transaction.atomic
def order_build(*, actor: Actor, report: Report) -> ReportBuild:
    """Order the files of the report as it stands. Raises BuildIsUnderWay if they are being made already."""
    current = locked(actor, report)
    builds = ReportBuild.objects.filter(report=current).without_files().order_by("-ordered_at", "-pk")
    if any(build.status.is_under_way and not is_stuck(build) for build in builds):
        raise BuildIsUnderWay
    ReportBuild.objects.filter(pk__in=[build.pk for build in builds[DRAFTS_KEPT - 1 :]]).delete()
    build = ReportBuild.objects.create(report=current, report_version=current.version, ordered_by_id=_account(actor))
    record(actor=actor, action="report.build_ordered", subject=build)
    return build


def is_small(report: Report) -> bool:
    """Whether the report's files may be made while somebody waits."""
    figures = PlacedFigure.objects.filter(section__report=report, section__removed_at__isnull=True).kept()
    return figures.count() <= SMALL


def run_build(*, actor: Actor, build_id: int) -> None:
    """Make the files that were ordered; does nothing if somebody else is at it or it was cancelled.

    Each step is a transaction of its own, so that others see how far it is and can cancel. All figures
    are counted at one moment. What goes wrong is raised again after the build is marked as failed.
    """
    plan = _begin(actor, build_id)
    if plan is None:
        return
    try:
        content = count_at_one_moment(actor, plan)
        if not _advance(actor, build_id, BuildState.DRAWING):
            return
        counted = thawed(content)
        document = document_of(counted, made_at=timezone.now())
        html = render_html(document).encode()
        if _advance(actor, build_id, BuildState.TYPESETTING):
            _finish(actor, build_id, content, html, papers_of(counted, document))
    except Exception:
        _advance(actor, build_id, BuildState.FAILED)
        raise


@transaction.atomic
def cancel_build(*, actor: Actor, build: ReportBuild) -> None:
    """Give up files that are being made. What is done is done."""
    locked(actor, build.report)
    if _advance(actor, build.pk, BuildState.CANCELLED):
        record(actor=actor, action="report.build_cancelled", subject=build)


def count_at_one_moment(actor: Actor, plan: Plan) -> ContentJson:
    """The plan's content, counted in one view of the database, so that its figures agree with each other."""
    with _one_moment(actor):
        return frozen(count_report(actor, plan))


@contextmanager
def _one_moment(actor: Actor) -> Iterator[None]:
    if connection.in_atomic_block:  # a transaction that has begun already cannot change its view any more
        with acting(actor):
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        set_actor(actor.account_id)
        yield


def _begin(actor: Actor, build_id: int) -> Plan | None:
    with acting(actor):
        build = _held(actor, build_id)
        if build is None or build.status is not BuildState.ORDERED:
            return None
        build.state, build.started_at = BuildState.COUNTING.value, timezone.now()
        build.report_version = build.report.version
        build.save(update_fields=["state", "started_at", "report_version"])
        return plan_of(build.report, with_changes=True)


def _advance(actor: Actor, build_id: int, state: BuildState) -> bool:
    """Note the next step; False if nobody waits for the files any more."""
    with acting(actor):
        build = _held(actor, build_id)
        if build is None or not build.status.is_under_way:
            return False
        build.state = state.value
        build.finished_at = None if state.is_under_way else timezone.now()
        build.save(update_fields=["state", "finished_at"])
        return True


def _finish(actor: Actor, build_id: int, content: ContentJson, html: bytes, papers: Papers) -> None:
    with acting(actor):
        build = _held(actor, build_id)
        if build is None or not build.status.is_under_way:
            return
        build.state, build.finished_at = BuildState.DONE.value, timezone.now()
        build.content, build.html = content, html
        build.pdf, build.docx, build.xlsx = papers.pdf, papers.docx, papers.xlsx
        build.save(update_fields=["state", "finished_at", "content", *PAPERS])
        record(actor=actor, action="report.built", subject=build)


def _held(actor: Actor, build_id: int) -> ReportBuild | None:
    builds = ReportBuild.objects.visible_to(actor).without_files().select_for_update(of=("self",))
    return builds.select_related("report").filter(pk=build_id).first()


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise PermissionDenied
    return actor.account_id
