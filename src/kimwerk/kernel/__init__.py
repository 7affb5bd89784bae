"""Plain values that every room speaks in: money, shares of posts, periods, names, keys.

Nothing here knows the framework, the database or a text on a screen. The types with which
rooms declare what they count, what is due and what is personal stand here too, so that the
rooms above can collect them.
"""
