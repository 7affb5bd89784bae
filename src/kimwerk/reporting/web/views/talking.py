"""Who answers for a section, and the comments on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting.markup import blocks_of
from kimwerk.reporting.models import ReportSection, SectionComment
from kimwerk.reporting.policies import may_write
from kimwerk.reporting.selectors.authors import authors_for, comments_on
from kimwerk.reporting.services.talking import assign_author, comment_on, settle_comment
from kimwerk.reporting.web.edition_forms import AuthorForm, CommentForm
from kimwerk.reporting.web.report_access import crumbs_to, readable_section, writable_section
from kimwerk.reporting.web.report_pages import ShownComment, TalkPage
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_READ)
def section_talk(request: ActorRequest, pk: int) -> HttpResponse:
    """What is said about a section, and a word more."""
    found = readable_section(request, pk)
    form = CommentForm(request.POST or None)
    if form.is_valid():
        comment_on(actor=request.actor, section=found, text=form.cleaned_data["text"])
        notify(request, _("Your comment is kept."), saved_draft=f"comment-{pk}")
        return redirect(_talk_url(found))
    page = _page(request, found, form)
    return render(request, "reporting/report/talk.html", {"page": page}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.REPORT_WRITE)
def section_author(request: ActorRequest, pk: int) -> HttpResponse:
    """Say who answers for a section."""
    found = writable_section(request, pk)
    authors = authors_for(request.actor, found.report.organisation_id)
    form = AuthorForm(request.POST, authors=authors, author_id=found.author_id)
    if not form.is_valid():
        page = _page(request, found, CommentForm(), form)
        return render(request, "reporting/report/talk.html", {"page": page}, status=422)
    assign_author(actor=request.actor, section=found, account_id=form.cleaned_data["author"])
    notify(request, _("Saved."))
    return redirect(_talk_url(found))


@require_POST
@needs(Permission.REPORT_READ)
def comment_settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that a comment is dealt with."""
    comments = SectionComment.objects.visible_to(request.actor).select_related("section__report")
    comment = get_object_or_404(comments, pk=pk)
    settle_comment(actor=request.actor, comment=comment)
    return redirect(_talk_url(comment.section))


def _page(
    request: ActorRequest, found: ReportSection, form: CommentForm, author_form: AuthorForm | None = None
) -> TalkPage:
    if author_form is None and may_write(request.actor, found.report):
        authors = authors_for(request.actor, found.report.organisation_id)
        author_form = AuthorForm(None, authors=authors, author_id=found.author_id)
    return TalkPage(
        section=found,
        crumbs=crumbs_to(found.report),
        blocks=blocks_of(found.text),
        author=found.author.display_name if found.author else "",
        comments=tuple(_shown(comment) for comment in comments_on(request.actor, found)),
        form=form,
        author_form=author_form,
    )


def _shown(comment: SectionComment) -> ShownComment:
    is_open = comment.settled_at is None
    return ShownComment(
        text=comment.text,
        by=comment.written_by.display_name,
        at=comment.written_at,
        settled_by=comment.settled_by.display_name if comment.settled_by else "",
        settle_url=reverse("reporting:comment_settle", args=[comment.pk]) if is_open else "",
    )


def _talk_url(section: ReportSection) -> str:
    return reverse("reporting:section_talk", args=[section.pk])
