"""Registering without a connection: the device's key, what its browser keeps, and answers to what it sends later."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.sealing import secret_for
from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.selectors.lists import rows_of_family
from kimwerk.arrivals.types import FamilyFacts
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.web.entry import CONFIRMED, FamilyEntry
from kimwerk.arrivals.web.pages import DoublesPart
from kimwerk.arrivals.web.wording import FIELDS

WITHOUT = "without"
WORKER = Path(__file__).resolve().parents[2] / "static" / "arrivals" / "worker.js"
CLOCKS_AGREE = timedelta(minutes=5)
POSSIBLE_YEARS = range(2020, 2100)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence about what was sent, with the way to what it is about."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """What may be sent along so that it is registered all the same."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a family that a device sent: registered, or why not yet."""

    is_registered: bool
    text: str
    lines: tuple[Line, ...] = ()
    confirm: Confirm | None = None
    clock: str = ""


@require_GET
@never_cache
@needs(Permission.REGISTRATION_KEEP)
def device(request: ActorRequest) -> HttpResponse:
    """What a signed-in device needs to keep entries encrypted and to send them: secret, token, how long it is so."""
    secret = secret_for(f"entries on devices of account {request.actor.account_id}")
    return JsonResponse(
        {
            "secret": base64.b64encode(secret).decode(),
            "token": get_token(request),
            "seconds": request.session.get_expiry_age(),
        }
    )


@require_GET
@never_cache
@needs(Permission.REGISTRATION_KEEP)
def worker(_request: ActorRequest) -> HttpResponse:
    """The service worker, which keeps the empty form: served here, because it reaches only what lies below it."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def comes_from_device(request: ActorRequest) -> bool:
    """Whether a device sends what it has kept, and wants to know what became of it."""
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


def answered(request: ActorRequest, occasion: Occasion) -> HttpResponse:
    """Register what a device has kept, after all that the page asks and checks."""
    answer = _answer(request, occasion, FamilyEntry(request, occasion))
    return JsonResponse(asdict(answer) | {"clock": _clock(request)})


def _answer(request: ActorRequest, occasion: Occasion, entry: FamilyEntry) -> Answer:
    dropped = ", ".join(str(FIELDS[field]) for field in entry.not_asked_any_more())
    if F.FAMILY_NAME not in entry.collected:
        return Answer(
            False, _("No office needs these lists at present, so nobody can be registered. Ask the coordination.")
        )
    if dropped and WITHOUT not in request.POST:
        said = _("No office needs this any more, so it may not be collected: %(columns)s.") % {"columns": dropped}
        return Answer(False, said, confirm=Confirm(WITHOUT, _("Register without it")))
    if not entry.is_valid():
        return _refused(entry)
    facts = entry.facts(_noted_at(request))
    if doubtful := _doubtful(request, occasion, entry, facts):
        return doubtful
    count = entry.register(request, occasion, facts)
    if not count:
        return _refused(entry)
    said = ngettext("%(count)s person is registered.", "%(count)s persons are registered.", count)
    return Answer(True, said % {"count": count})


def _refused(entry: FamilyEntry) -> Answer:
    return Answer(False, _("This could not be registered yet:"), tuple(Line(each) for each in entry.problems()))


def _doubtful(request: ActorRequest, occasion: Occasion, entry: FamilyEntry, facts: FamilyFacts) -> Answer | None:
    """Whether somebody else may have registered them meanwhile; what was sent before is known and not asked again."""
    if CONFIRMED in request.POST or rows_of_family(request.actor, entry.key):
        return None
    doubts = entry.doubts(request, occasion.organisation_id, facts)
    lines = tuple(line for part in doubts.values() for line in _lines(part))
    confirm = Confirm(CONFIRMED, _("These are other people: register them"))
    return Answer(False, _("May have been registered by somebody else meanwhile:"), lines, confirm) if lines else None


def _lines(part: DoublesPart) -> Iterator[Line]:
    for line in part.lines:
        told = (line.name, line.born, line.place, str(line.badge.label) if line.badge else "")
        yield Line(" · ".join(each for each in told if each), line.url)
    for place in part.elsewhere:
        yield Line(_("Possible match at %(place)s: ask there.") % {"place": place})


def _noted_at(request: ActorRequest) -> datetime | None:
    """When the device says that it noted the family; nothing where it says nothing that can be."""
    return _moment(request.POST.get("noted_at", ""))


def _clock(request: ActorRequest) -> str:
    """That the device's clock is wrong, where it is: the time of the server counts."""
    there, here = _moment(request.POST.get("device_time", "")), timezone.now()
    if there is not None and abs(there - here) <= CLOCKS_AGREE:
        return ""
    return _("The clock of this device is wrong. Registered is by the time of the server; the device's is only noted.")


def _moment(sent: str) -> datetime | None:
    try:
        found = parse_datetime(sent)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None and found.year in POSSIBLE_YEARS else None
