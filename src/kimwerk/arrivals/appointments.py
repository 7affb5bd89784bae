"""Appointments one after the other: plain reckoning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kimwerk.kernel.holidays import is_holiday

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """From which day on, at which hours, how long each appointment takes and how many are at once."""

    first_day: date
    opens: time
    closes: time
    minutes: int
    at_once: int = 1


def is_working_day(day: date) -> bool:
    """From Monday to Friday, without public holidays.

    >>> is_working_day(date(2022, 4, 14)), is_working_day(date(2022, 4, 15)), is_working_day(date(2022, 4, 16))
    (True, False, False)
    """
    return day.weekday() < SATURDAY and not is_holiday(day)


def appointments(hours: Hours) -> Iterator[datetime]:
    """Without end, on working days: each as often as there are people at work; none ends after closing.

    >>> from itertools import islice
    >>> hours = Hours(date(2022, 4, 1), time(9), time(10), 30)
    >>> [f"{each:%d. %H:%M}" for each in islice(appointments(hours), 3)]
    ['01. 09:00', '01. 09:30', '04. 09:00']
    """
    length = timedelta(minutes=hours.minutes)
    if datetime.combine(hours.first_day, hours.opens) + length > datetime.combine(hours.first_day, hours.closes):
        return
    day = hours.first_day
    while True:
        start = datetime.combine(day, hours.opens)
        while is_working_day(day) and start + length <= datetime.combine(day, hours.closes):
            for _ in range(hours.at_once):
                yield start
            start += length
        day += ONE_DAY
