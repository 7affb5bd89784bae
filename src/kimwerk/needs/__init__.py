"""Needs that were named at events, in working groups and in counselling, and the gaps of the system behind them.

A need says what is missing, for whom and where, and never names a person. Similar needs are bundled into a gap, and a
gap goes its way: to a committee, into a resolution, into a measure, until its effect has been looked at.
"""
