"""What of consent goes with a person who is erased, and what stays as proof."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.consent.models import Disclosure, DisclosureKey


def erase_disclosed(actor: Actor, person_id: int) -> None:
    """Destroy the keys of everything that was disclosed and recall what is still shared (Art. 17, 19 GDPR).

    That it was disclosed, to whom, why, when and the hash of it stay: claims may be met by them (Art. 17(3)(e)),
    and a recipient who has read it is asked to delete it. The content itself is open to nobody, in backups neither.
    """
    running = Disclosure.objects.shared(timezone.localdate()).filter(person=person_id)
    running.update(recalled_at=timezone.now())
    destroyed, _by_table = DisclosureKey.objects.filter(person=person_id).delete()
    if destroyed:
        record(actor=actor, action="disclosure.content_destroyed", amount=destroyed)
