from kimwerk.steering.models.committee import Committee, Seat, Term
from kimwerk.steering.models.orders import OrdersStep, StandingOrders

__all__ = ["Committee", "OrdersStep", "Seat", "StandingOrders", "Term"]
