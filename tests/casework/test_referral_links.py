"""One-time links under attack: guessed, replayed, opened twice, with another's PIN, expired, revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.accounts.tokens import hash_token
from kimwerk.casework.link_secrets import MOST_ATTEMPTS, LinkSecrets, NotOfThisLink
from kimwerk.casework.models import Referral, ReferralLink, ReferralOrigin
from kimwerk.casework.referral_states import ForbiddenMove, ReferralState
from kimwerk.casework.referral_types import Answer, DeclineReason, Outcome
from kimwerk.casework.services.answers import answer_by_link, report_by_link
from kimwerk.casework.services.links import (
    LIFETIME,
    LinkState,
    content_under,
    find_link,
    make_link,
    note_read,
    open_link,
    revoke_links,
)
from kimwerk.casework.services.referrals import recall_referral
from kimwerk.consent.models import Disclosure
from kimwerk.consent.services import withdraw
from kimwerk.kernel.data_categories import DataCategory
from tests.casework.referring import CONCERN, Sent, sent_by_link
from tests.cast import Cast

Act = Callable[[Actor], Actor]
ACCEPTED = Answer(is_accepted=True)
WRONG = "000000"


@pytest.fixture
def made(cast: Cast, act_as: Act) -> Sent:
    """A referral by link; Frieda is the actor."""
    return sent_by_link(cast, act_as(cast.actor("frieda")))


@pytest.fixture
def secrets(made: Sent, act_as: Act) -> LinkSecrets:
    """Its secrets; from here on nobody is signed in."""
    secrets = make_link(actor=made.sender, referral=made.referral)
    forget_everybody(act_as)
    return secrets


def test_a_link_ends_with_the_consent_it_asks_under(cast: Cast, act_as: Act) -> None:
    made = sent_by_link(cast, act_as(cast.actor("frieda")))
    last = made.asking.share_ends_on
    assert last
    with time_machine.travel(
        datetime.combine(last - timedelta(days=3), time(12), tzinfo=timezone.get_default_timezone())
    ):
        make_link(actor=made.sender, referral=made.referral)
    ends = timezone.localtime(ReferralLink.objects.get().expires_at)
    assert (ends.date(), ends.time()) == (last + timedelta(days=1), time.min)


def forget_everybody(act_as: Act) -> None:
    """Nobody is signed in and no link is held: a fresh request from outside."""
    act_as(NOBODY)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.link', '', true), set_config('kimwerk.link_browser', '', true)")


def wrong(secrets: LinkSecrets) -> str:
    return WRONG if secrets.pin != WRONG else "000001"


def test_of_a_link_only_hashes_are_kept(made: Sent) -> None:
    secrets = make_link(actor=made.sender, referral=made.referral)
    stored = ReferralLink.objects.get()
    kept = repr(vars(stored))
    assert secrets.token not in kept
    assert secrets.pin not in kept.replace(stored.token_hash, "")
    assert stored.token_hash == hash_token(secrets.token)


def test_the_link_alone_shows_nothing_of_the_referral(secrets: LinkSecrets) -> None:
    found = find_link(secrets.token)
    assert found.state is LinkState.CLOSED
    assert list(Referral.objects.all()) == []
    assert list(ReferralOrigin.objects.all()) == []


def test_with_its_pin_the_link_opens_in_this_browser(secrets: LinkSecrets, made: Sent) -> None:
    tried = open_link(token=secrets.token, pin=secrets.pin)
    assert tried.is_right
    assert find_link(secrets.token, tried.browser).state is LinkState.OPEN
    assert [each.pk for each in Referral.objects.all()] == [made.referral.pk]
    assert list(ReferralOrigin.objects.all()) == []


def test_what_is_read_by_a_link_is_noted_as_read(secrets: LinkSecrets, made: Sent, act_as: Act) -> None:
    def first_reads() -> list[bool]:
        act_as(made.sender)
        read = [
            each.first_read_at is not None
            for each in Disclosure.objects.filter(person=made.case.person_id).order_by("pk")
        ]
        forget_everybody(act_as)
        return read

    find_link(secrets.token)
    note_read(ReferralLink(), with_content=True)  # without its PIN the link shows nothing, so nothing was read
    assert first_reads() == [False]
    browser = open_link(token=secrets.token, pin=secrets.pin).browser
    held = find_link(secrets.token, browser).link
    assert held
    note_read(held, with_content=False)
    assert first_reads() == [True]
    find_link(secrets.token, browser)
    answer_by_link(link=held, token=secrets.token, answer=ACCEPTED)
    assert first_reads() == [True, False]
    find_link(secrets.token, browser)
    note_read(held, with_content=True)
    assert first_reads() == [True, True]


def test_a_link_opened_twice_opens_nowhere_else(secrets: LinkSecrets, act_as: Act) -> None:
    tried = open_link(token=secrets.token, pin=secrets.pin)
    forget_everybody(act_as)
    assert find_link(secrets.token).state is LinkState.ELSEWHERE
    assert find_link(secrets.token, "another browser").state is LinkState.ELSEWHERE
    with pytest.raises(PermissionDenied):
        open_link(token=secrets.token, pin=secrets.pin)
    assert list(Referral.objects.all()) == []
    assert find_link(secrets.token, tried.browser).state is LinkState.OPEN


def test_a_pin_is_guessed_five_times_and_then_the_link_is_dead(secrets: LinkSecrets) -> None:
    left = [open_link(token=secrets.token, pin=wrong(secrets)).left for _ in range(MOST_ATTEMPTS)]
    assert left == [4, 3, 2, 1, 0]
    assert find_link(secrets.token).state is LinkState.LOCKED
    with pytest.raises(PermissionDenied):
        open_link(token=secrets.token, pin=secrets.pin)


def test_another_referrals_pin_does_not_open_it(cast: Cast, act_as: Act, secrets: LinkSecrets) -> None:
    frieda = act_as(cast.actor("frieda"))
    other = make_link(actor=frieda, referral=sent_by_link(cast, frieda).referral)
    forget_everybody(act_as)
    if other.pin != secrets.pin:
        assert not open_link(token=secrets.token, pin=other.pin).is_right
    mine = open_link(token=other.token, pin=other.pin)
    assert find_link(secrets.token, mine.browser).state is not LinkState.OPEN
    assert list(Referral.objects.all()) == []


@pytest.mark.parametrize("token", ["", "a", "A" * 43, "' or 1=1 --"])
def test_a_guessed_link_finds_nothing(secrets: LinkSecrets, token: str) -> None:
    assert find_link(token).state is LinkState.GONE
    assert list(ReferralLink.objects.all()) == []
    with pytest.raises(PermissionDenied):
        open_link(token=token, pin=secrets.pin)


def test_an_expired_link_is_gone_to_the_page_and_to_the_database(secrets: LinkSecrets, made: Sent) -> None:
    tried = open_link(token=secrets.token, pin=secrets.pin)
    with time_machine.travel(timezone.now() + LIFETIME + timedelta(minutes=1)):
        assert find_link(secrets.token, tried.browser).state is LinkState.GONE
        with pytest.raises(PermissionDenied):
            open_link(token=secrets.token, pin=secrets.pin)


def test_a_new_link_ends_the_one_before(made: Sent, act_as: Act) -> None:
    first = make_link(actor=made.sender, referral=made.referral)
    second = make_link(actor=made.sender, referral=made.referral)
    forget_everybody(act_as)
    assert find_link(first.token).state is LinkState.GONE
    assert find_link(second.token).state is LinkState.CLOSED


def test_a_stranger_makes_no_link(cast: Cast, made: Sent, act_as: Act) -> None:
    for name in ("mehmet", "klaus", "tina", "karin"):
        with pytest.raises(PermissionDenied):
            make_link(actor=act_as(cast.actor(name)), referral=made.referral)


def accepted(secrets: LinkSecrets) -> tuple[Referral, str]:
    """Answered by the link; the browser stays named to the database."""
    browser = open_link(token=secrets.token, pin=secrets.pin).browser
    link = find_link(secrets.token, browser).link
    assert link
    return answer_by_link(link=link, token=secrets.token, answer=ACCEPTED), browser


def test_acceptance_by_link_discloses_and_seals_under_the_link(secrets: LinkSecrets) -> None:
    answered, browser = accepted(secrets)
    assert answered.stage is ReferralState.ACCEPTED
    assert answered.answered_by_id is None
    link = find_link(secrets.token, browser).link
    assert link
    told = content_under(link, secrets.token)
    assert told[DataCategory.CONCERN] == {"concern": CONCERN}
    assert DataCategory.IDENTITY in told
    assert CONCERN.encode() not in bytes(link.content)
    with pytest.raises(NotOfThisLink):
        content_under(link, "another token")


def test_the_link_closes_the_loop_and_ends(secrets: LinkSecrets) -> None:
    _answered, browser = accepted(secrets)
    link = find_link(secrets.token, browser).link
    assert link
    finished = report_by_link(link=link, outcome=Outcome.ADMITTED)
    assert finished.stage is ReferralState.FINISHED
    assert find_link(secrets.token, browser).state is LinkState.GONE


def test_declining_by_link_ends_it(secrets: LinkSecrets) -> None:
    browser = open_link(token=secrets.token, pin=secrets.pin).browser
    link = find_link(secrets.token, browser).link
    assert link
    answer = Answer(is_accepted=False, reason=DeclineReason.LANGUAGE)
    assert answer_by_link(link=link, token=secrets.token, answer=answer).stage is ReferralState.DECLINED
    assert find_link(secrets.token, browser).state is LinkState.GONE


def test_an_answer_is_not_given_twice(secrets: LinkSecrets) -> None:
    _answered, browser = accepted(secrets)
    link = find_link(secrets.token, browser).link
    assert link
    with pytest.raises(ForbiddenMove):
        answer_by_link(link=link, token=secrets.token, answer=ACCEPTED)


def test_a_withdrawal_before_the_answer_kills_the_link(secrets: LinkSecrets, made: Sent, act_as: Act) -> None:
    browser = open_link(token=secrets.token, pin=secrets.pin).browser
    act_as(made.sender)
    withdraw(actor=made.sender, grant=made.grant)
    forget_everybody(act_as)
    assert find_link(secrets.token, browser).state is LinkState.GONE
    assert list(Referral.objects.all()) == []


def test_a_withdrawal_after_the_answer_takes_what_lay_under_the_link(
    secrets: LinkSecrets, made: Sent, act_as: Act
) -> None:
    _answered, browser = accepted(secrets)
    act_as(made.sender)
    withdraw(actor=made.sender, grant=made.grant)
    assert bytes(ReferralLink.objects.get().content) == b""
    forget_everybody(act_as)
    assert find_link(secrets.token, browser).state is LinkState.GONE


def test_recalling_revokes_the_link(secrets: LinkSecrets, made: Sent, act_as: Act) -> None:
    act_as(made.sender)
    recall_referral(actor=made.sender, referral=made.referral, version=1)
    forget_everybody(act_as)
    assert find_link(secrets.token).state is LinkState.GONE


def test_the_holder_of_a_link_reads_and_moves_no_other_referral(
    cast: Cast, act_as: Act, secrets: LinkSecrets, made: Sent
) -> None:
    frieda = act_as(cast.actor("frieda"))
    other = sent_by_link(cast, frieda)
    make_link(actor=frieda, referral=other.referral)
    forget_everybody(act_as)
    browser = open_link(token=secrets.token, pin=secrets.pin).browser
    find_link(secrets.token, browser)
    assert [each.pk for each in Referral.objects.all()] == [made.referral.pk]
    assert [each.referral_id for each in ReferralLink.objects.all()] == [made.referral.pk]
    assert Referral.objects.filter(pk=other.referral.pk).update(version=9) == 0
    revoke_links(other.referral)
    act_as(frieda)
    assert ReferralLink.objects.get(referral=other.referral).revoked_at is None
