"""Committees in the world of the attacks: a steering group with a Frieda in it and standing orders."""

from __future__ import annotations

from datetime import date

from kimwerk.access.walls import set_actor
from kimwerk.steering.services.committees import appoint
from kimwerk.steering.services.orders import draft_orders
from kimwerk.steering.types import TermFacts
from tests.cast import Cast
from tests.steering.bodies import AUTUMN, seat_of, steering_group

OF_COMMITTEE = ("committee", "change_committee", "add_seat", "new_orders")
OF_STEERING = {
    **dict.fromkeys((f"steering:{name}" for name in OF_COMMITTEE), "committee"),
    **dict.fromkeys(("steering:change_seat", "steering:give_up_seat", "steering:appoint"), "seat"),
    "steering:end_term": "term",
    **dict.fromkeys(("steering:orders", "steering:rewrite_orders", "steering:orders_step"), "orders"),
}
OF_MEMBERS = ("steering:committee", "steering:orders")
"""Doors through which members of a committee pass, to their own committees only."""


def build_steering(cast: Cast) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    committee = steering_group(cast, kim, name="Lenkungsgruppe Frieda", purpose="Frieda")
    seat = seat_of(cast, kim, committee, "Frieda")
    term = appoint(actor=kim, seat=seat, facts=TermFacts("Frieda Fallbeispiel", AUTUMN))
    orders = draft_orders(actor=kim, committee=committee, text="Frieda", on_day=date(2021, 11, 1))
    return {"committee": committee.pk, "seat": seat.pk, "term": term.pk, "orders": orders.pk}
