"""Two pairs of eyes, findings and reasons: what stands between a draft and an edition."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.reporting.models import Edition, Report
from kimwerk.reporting.services.editions import release_edition
from kimwerk.reporting.services.refusals import NotTheAuthor, ReasonIsMissing, WroteLast
from kimwerk.reporting.services.sections import edit_section, remove_section
from kimwerk.reporting.services.talking import assign_author, comment_on, settle_comment
from tests.cast import Cast
from tests.reporting.reporters import a_diary, begin, built, released, section_of

Act = Callable[[Actor], Actor]
WHY = "Das Finanzsharing folgt."


@pytest.fixture
def report(cast: Cast) -> Report:
    a_diary(cast)
    return begin(cast)


def write(cast: Cast, report: Report, who: str, text: str = "Ein Satz.") -> None:
    actor = cast.actor(who)
    set_actor(actor.account_id)
    section = section_of(report, "background")
    edit_section(actor=actor, section=section, version=section.version, heading=section.heading, level=1, text=text)


def test_whoever_wrote_last_cannot_release(report: Report, cast: Cast, act_as: Act) -> None:
    draft = built(cast, report)
    with pytest.raises(WroteLast):
        release_edition(actor=act_as(cast.actor("kim")), build=draft, reason=WHY)
    edition = release_edition(actor=act_as(cast.actor("lena")), build=draft, reason=WHY)
    assert (edition.released_by_id, edition.written_by_id) == (cast.accounts["lena"], cast.accounts["kim"])


def test_who_is_the_second_pair_of_eyes_follows_the_writing(report: Report, cast: Cast, act_as: Act) -> None:
    write(cast, report, "lena")
    draft = built(cast, report)
    with pytest.raises(WroteLast):
        release_edition(actor=act_as(cast.actor("lena")), build=draft, reason=WHY)
    assert release_edition(actor=act_as(cast.actor("kim")), build=draft, reason=WHY).number == 1


def test_the_database_itself_refuses_two_eyes(report: Report, cast: Cast, act_as: Act) -> None:
    """Whatever the program says about who wrote: the trigger takes it from the report."""
    edition = released(cast, report)
    forged = Edition.objects.get(pk=edition.pk)
    forged.pk, forged.number = None, 2
    forged._state.adding = True
    forged.released_by_id, forged.written_by_id = cast.accounts["kim"], cast.accounts["lena"]
    act_as(cast.actor("kim"))
    with pytest.raises(IntegrityError, match="edition_is_released_by_four_eyes"), transaction.atomic():
        forged.save(force_insert=True)


def test_findings_need_a_reason_which_stays_with_the_edition(report: Report, cast: Cast, act_as: Act) -> None:
    remove_section(actor=act_as(cast.actor("kim")), section=section_of(report, "cost_sharing"))
    draft = built(cast, report)
    lena = act_as(cast.actor("lena"))
    for reason in ("", "  \n"):
        with pytest.raises(ReasonIsMissing):
            release_edition(actor=lena, build=draft, reason=reason)
    assert release_edition(actor=lena, build=draft, reason=WHY).reason == WHY


def test_only_the_author_and_those_who_release_write_in_a_section(report: Report, cast: Cast, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    assign_author(actor=kim, section=section_of(report, "background"), account_id=kim.account_id)
    with pytest.raises(NotTheAuthor):
        write(cast, report, "karin")
    write(cast, report, "lena")
    assign_author(actor=act_as(cast.actor("lena")), section=section_of(report, "background"), account_id=None)
    write(cast, report, "karin", "Ein anderer Satz.")
    assert section_of(report, "background").text == "Ein anderer Satz."


@pytest.mark.parametrize("who", ["frieda", "stefan", "tomasz"])
def test_authors_are_people_who_write_reports_there(report: Report, cast: Cast, act_as: Act, who: str) -> None:
    kim = act_as(cast.actor("kim"))
    with pytest.raises(NotTheAuthor):
        assign_author(actor=kim, section=section_of(report, "background"), account_id=cast.accounts[who])


def test_naming_an_author_is_not_writing(report: Report, cast: Cast, act_as: Act) -> None:
    draft = built(cast, report)
    lena = act_as(cast.actor("lena"))
    assign_author(actor=lena, section=section_of(report, "background"), account_id=cast.accounts["kim"])
    assert release_edition(actor=lena, build=draft, reason=WHY).number == 1


def test_readers_of_the_draft_comment_and_settle(report: Report, cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    comment = comment_on(actor=frieda, section=section_of(report, "background"), text="Seit wann genau?")
    settled = settle_comment(actor=act_as(cast.actor("kim")), comment=comment)
    again = settle_comment(actor=act_as(cast.actor("lena")), comment=settled)
    assert (again.settled_by_id, again.text) == (cast.accounts["kim"], "Seit wann genau?")
