"""Sessions in the database, as the framework keeps them; the question for one is asked on every page and kept ready."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as FrameworkStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from kimwerk.access.kept import kept


@kept
def _running(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(FrameworkStore):
    """The framework's store, whose reading of a session does not write its question anew."""

    def _get_session_from_db(self) -> Session | None:
        found = _running(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]
