"""`kimwerk audit verify` and `kimwerk audit seal`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext, ngettext

from kimwerk.audit.selectors import verify_log
from kimwerk.audit.services import seal_log
from kimwerk.audit.types import Flaw, FlawReason, Verdict


class Command(BaseCommand):
    """Checks the log from end to end, or seals what is new."""

    help = "Check the log, or seal it. verify: exit status 1 if anything is wrong, with the place and the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="errand", required=True)
        verify = commands.add_parser("verify", help="check every entry against its digest and its seal")
        verify.add_argument("--head", default="", help="a last seal's hash as it was written down elsewhere")
        verify.add_argument("--format", choices=("text", "json"), default="text")
        commands.add_parser("seal", help="seal what is new")

    def handle(self, *args: object, errand: str, head: str = "", format: str = "text", **options: object) -> None:
        """Run the errand that was asked for."""
        if errand == "seal":
            self._seal()
            return
        verdict = verify_log(expected_head=head.strip().lower())
        self.stdout.write(_as_json(verdict) if format == "json" else _as_text(verdict))
        if not verdict.is_sound:
            sys.exit(1)

    def _seal(self) -> None:
        sealed = seal_log()
        if sealed is None:
            self.stderr.write(gettext("Too many writers at once. Nothing was sealed; try again."))
            sys.exit(1)
        self.stdout.write(ngettext("%(count)d entry sealed.", "%(count)d entries sealed.", sealed) % {"count": sealed})


def _as_json(verdict: Verdict) -> str:
    return json.dumps({"is_sound": verdict.is_sound, **asdict(verdict)}, ensure_ascii=False, indent=2)


def _as_text(verdict: Verdict) -> str:
    facts = {
        "events": verdict.events,
        "seals": verdict.seals,
        "unsealed": verdict.unsealed,
        "head": verdict.head or "-",
    }
    lines = [
        gettext("%(events)d entries, %(seals)d seals, %(unsealed)d not sealed yet.") % facts,
        gettext("Last seal: %(head)s") % facts,
    ]
    if verdict.is_sound:
        lines.append(gettext("The log is sound."))
    else:
        lines.append(gettext("The log is NOT sound:"))
        lines += [f"  {_place(flaw)}: {_reason(flaw.reason)}" for flaw in verdict.flaws]
    return "\n".join(lines)


def _place(flaw: Flaw) -> str:
    if flaw.first_event == flaw.last_event:
        return gettext("entry %(number)d") % {"number": flaw.first_event}
    return gettext("entries %(first)d to %(last)d") % {"first": flaw.first_event, "last": flaw.last_event}


def _reason(reason: FlawReason) -> str:
    return {
        FlawReason.CHANGED: gettext("the contents do not match the digest: changed afterwards"),
        FlawReason.MISSING: gettext("entries of the sealed batch are gone"),
        FlawReason.ADDED: gettext("entries stand in the sealed batch that were not there"),
        FlawReason.REWRITTEN: gettext("the batch does not match its seal: rewritten with new digests"),
        FlawReason.CHAIN_BROKEN: gettext("the seal does not follow from the one before"),
        FlawReason.HEAD_DIFFERS: gettext("no seal is the one that was written down: rewritten with all its seals"),
    }[reason]
