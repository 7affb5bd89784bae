"""A withdrawal and a disclosure at the same moment, over two real connections: never stored uncovered."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.walls import acting
from kimwerk.consent.models import Declaration, Disclosure, Grant
from kimwerk.consent.services import NotCovered, disclose, withdraw
from kimwerk.kernel.data_categories import DataCategory
from tests.cast import Cast
from tests.consent.consents import JOBCENTER, allow
from tests.meeting import Pause, meet
from tests.persons.people import register


class Moment:
    """One grant, an errand that takes it back and one that discloses under it."""

    def __init__(self, cast: Cast) -> None:
        self.frieda = cast.actor("frieda")
        self.recipient = cast.organisations[JOBCENTER]
        with acting(self.frieda):
            self.person = register(cast, self.frieda).pk
            self.declaration = allow(cast, self.frieda, self.person)
            self.grant = self.declaration.grants.get()

    def take_back_grant(self) -> None:
        withdraw(actor=self.frieda, grant=Grant.objects.get(pk=self.grant.pk))

    def take_back_declaration(self) -> None:
        withdraw(actor=self.frieda, declaration=Declaration.objects.get(pk=self.declaration.pk))

    def tell(self) -> None:
        disclose(
            actor=self.frieda, person_id=self.person, recipient_id=self.recipient, purpose="referral",
            content={DataCategory.IDENTITY: {"Familienname": "Musterenko"}}, grant=self.grant,
        )  # fmt: skip

    def run(self, first: Callable[[], None], second: Callable[[], None]) -> BaseException | None:
        """Both at once: the second begins while the first is done but not yet committed. Returns how it ended."""

        def early(pause: Pause) -> None:
            with acting(self.frieda):
                first()
                pause()

        def late() -> None:
            with acting(self.frieda):
                second()

        return meet(early, late)


def test_a_withdrawal_and_a_disclosure_at_once_leave_nothing_uncovered(copied: Cast) -> None:
    for name in ("take_back_grant", "take_back_declaration"):
        moment = Moment(copied)
        take_back: Callable[[], None] = getattr(moment, name)

        assert isinstance(moment.run(take_back, moment.tell), NotCovered), name
        with acting(moment.frieda):
            assert not Disclosure.objects.filter(person=moment.person).exists()

        moment = Moment(copied)
        take_back = getattr(moment, name)
        assert moment.run(moment.tell, take_back) is None, name
        with acting(moment.frieda):
            stored = Disclosure.objects.get(person=moment.person)
            assert stored.recalled_at is not None
            assert Grant.objects.get(pk=moment.grant.pk).withdrawn_at == stored.recalled_at
