"""Logs as one JSON object a line: time, level, event, place. Values of requests do not come in."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime, timezone

_ADDRESS = re.compile(r"[^\s@'\"<>]+@[^\s@'\"<>]+")
_QUERY = re.compile(r"\?[^\s'\"]*")
_TOKEN = re.compile(r"(?<=/)(?=[^/\s]*[A-Z0-9])[\w-]{20,}", re.ASCII)
"""The part of an address that is a secret: somebody's link to an invitation, an answer, a sign-in."""


class JsonFormatter(logging.Formatter):
    """Writes a record without e-mail addresses, query strings, secret links and the values in database errors."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": scrub(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0] is not None:
            entry["error"] = record.exc_info[0].__name__
            entry["trace"] = self._places(record)
        return json.dumps(entry, ensure_ascii=False)

    def _places(self, record: logging.LogRecord) -> list[str]:
        """Where it happened, without the message: database errors quote rows."""
        places: list[str] = []
        trace = record.exc_info[2] if record.exc_info else None
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return places[-12:]


def scrub(text: str) -> str:
    """The text without e-mail addresses, query strings and the secret part of links."""
    return _TOKEN.sub("…", _QUERY.sub("?…", _ADDRESS.sub("…@…", text)))
