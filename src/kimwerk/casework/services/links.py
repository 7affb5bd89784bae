"""One-time links for recipients without an account: made, opened with a PIN, revoked."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from smtplib import SMTPException

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from kimwerk.access.actors import Actor
from kimwerk.accounts.tokens import hash_token
from kimwerk.audit.services import record, record_unnamed
from kimwerk.casework.link_secrets import (
    MOST_ATTEMPTS,
    LinkSecrets,
    fresh_browser,
    fresh_secrets,
    is_pin,
    is_same,
    kept_of_pin,
    open_under,
    seal_under,
)
from kimwerk.casework.models.referral import Referral, ReferralLink, ReferralOrigin
from kimwerk.casework.referral_states import OPEN
from kimwerk.kernel.data_categories import DataCategory

log = logging.getLogger(__name__)
LIFETIME = timedelta(days=21)


class LinkState(StrEnum):
    """What somebody finds who opens a link."""

    GONE = "gone"  # there is no such link, or it was revoked or has expired; no difference is told
    LOCKED = "locked"  # too many wrong PINs
    ELSEWHERE = "elsewhere"  # was opened in another browser
    CLOSED = "closed"  # waits for the PIN
    OPEN = "open"  # this browser gave the PIN


@dataclass(frozen=True, slots=True)
class PinTry:
    """What came of giving a PIN: what the browser is known by from now on, or how many attempts are left."""

    browser: str = ""
    left: int = 0

    @property
    def is_right(self) -> bool:
        """Whether the link is open now."""
        return bool(self.browser)


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link as its holder finds it."""

    state: LinkState
    link: ReferralLink | None = None


@transaction.atomic
def make_link(*, actor: Actor, referral: Referral) -> LinkSecrets:
    """Make a link to an open referral; the one before stops working. The secrets are told once, here."""
    kept = ReferralOrigin.objects.kept_by(actor).filter(referral=referral.pk)
    current = Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if current is None or not kept.exists() or actor.account_id is None or current.stage not in OPEN:
        raise PermissionDenied
    revoke_links(current)
    secrets = fresh_secrets()
    ReferralLink.objects.create(
        referral=current,
        organisation_id=current.organisation_id,
        token_hash=hash_token(secrets.token),
        pin_hash=kept_of_pin(secrets.pin),
        created_by_id=actor.account_id,
        expires_at=_last_moment(current),
    )
    record(actor=actor, action="referral.link_made", subject=current)
    return secrets


def mail_link(*, actor: Actor, referral: Referral, address: str, link: str) -> bool:
    """Mail the link to whoever will answer. It names nobody and never holds the PIN. False if it did not go out."""
    if not ReferralOrigin.objects.kept_by(actor).filter(referral=referral.pk).exists():
        raise PermissionDenied
    told = {"link": link, "sender": referral.organisation.name, "days": LIFETIME.days}
    text = render_to_string("casework/mail/link.txt", told)
    try:
        send_mail(gettext("A referral to your organisation"), text, None, [address])
    except (SMTPException, OSError):
        log.exception("the link of a referral could not be sent")
        return False
    record(actor=actor, action="referral.link_mailed", subject=referral)
    return True


def _last_moment(referral: Referral) -> datetime:
    """When a link made now ends: never later than the consent by which was asked."""
    latest = timezone.now() + LIFETIME
    last_day = referral.asking.share_ends_on if referral.asking else None
    if last_day is None:
        return latest
    return min(latest, timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min)))


def find_link(token: str, browser: str = "") -> FoundLink:
    """What the holder of this token finds, and name the link to the database for the rest of the transaction."""
    _name_link(token, browser)
    link = ReferralLink.objects.standing().filter(token_hash=hash_token(token)).select_related("organisation").first()
    if link is None or link.expires_at <= timezone.now():
        return FoundLink(LinkState.GONE)
    if link.wrong_pins >= MOST_ATTEMPTS:
        return FoundLink(LinkState.LOCKED, link)
    if link.used_at is None:
        return FoundLink(LinkState.CLOSED, link)
    if browser and is_same(browser, link.browser_hash):
        return FoundLink(LinkState.OPEN, link)
    return FoundLink(LinkState.ELSEWHERE, link)


@transaction.atomic
def open_link(*, token: str, pin: str) -> PinTry:
    """Bind the link to a browser with the right PIN. A wrong one is counted, so it is answered, not raised.

    Raises PermissionDenied for a link that cannot be opened (any more).
    """
    _name_link(token, "")
    link = ReferralLink.objects.select_for_update(of=("self",)).standing().filter(token_hash=hash_token(token)).first()
    if link is None or link.expires_at <= timezone.now() or link.used_at or link.wrong_pins >= MOST_ATTEMPTS:
        raise PermissionDenied
    if not is_pin(pin, link.pin_hash):
        link.wrong_pins += 1
        link.save(update_fields=["wrong_pins"])
        record_unnamed(action="referral.link_pin_wrong", subject=link)
        return PinTry(left=MOST_ATTEMPTS - link.wrong_pins)
    browser = fresh_browser()
    link.browser_hash, link.used_at, link.uses = hash_token(browser), timezone.now(), 1
    link.save(update_fields=["browser_hash", "used_at", "uses"])
    record_unnamed(action="referral.link_opened", subject=link)
    return PinTry(browser)


def keep_content(
    link: ReferralLink, token: str, content: Mapping[DataCategory, Mapping[str, str]], *, until: date | None
) -> None:
    """Seal what was disclosed under the link, for whoever holds it, to the last day of the consent."""
    text = json.dumps({category.value: dict(values) for category, values in content.items()}, ensure_ascii=False)
    sealed = seal_under(token, text)
    ReferralLink.objects.filter(pk=link.pk).update(content=sealed, content_ends_on=until, uses=F("uses") + 1)


def content_under(link: ReferralLink, token: str) -> dict[DataCategory, dict[str, str]]:
    """What was disclosed, for the holder of the link."""
    if not link.content or (link.content_ends_on and link.content_ends_on < timezone.localdate()):
        return {}
    told: dict[str, dict[str, str]] = json.loads(open_under(token, bytes(link.content)))
    return {DataCategory(category): values for category, values in told.items()}


@transaction.atomic
def note_read(link: ReferralLink, *, with_content: bool) -> None:
    """The holder of the link is shown what was asked, and what was disclosed on acceptance: noted the first time."""
    with connection.cursor() as cursor:
        cursor.execute("select casework_note_read_by_link(%s)", [with_content])
        (noted,) = cursor.fetchone() or (0,)
    if noted:
        record_unnamed(action="disclosure.read_by_link", subject=link)


def revoke_links(referral: Referral) -> None:
    """End the links of a referral and what lies sealed under them."""
    ReferralLink.objects.filter(referral=referral.pk, revoked_at=None).update(revoked_at=timezone.now(), content=b"")


def _name_link(token: str, browser: str) -> None:
    """Tell the database which link is held, as the middleware tells it who acts. Forgotten with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('kimwerk.link', %s, true), set_config('kimwerk.link_browser', %s, true)",
            [hash_token(token), hash_token(browser) if browser else ""],
        )
