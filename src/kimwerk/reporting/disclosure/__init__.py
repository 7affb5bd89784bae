"""Disclosure control: tables of counts are published so that nobody can derive that a count is small.

Plain Python over relations between cells. `rules` says what must be protected, `engine` finds the cheapest
protection, `audit` proves it apart from the engine.
"""
