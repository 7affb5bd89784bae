"""How the diary counts: one statement for every measure, breakdown, filter and window.

`question` says what is asked, `statement` turns it into SQL, `axes` gives the members their
names, `count` does it all. Whatever can be read from months that are counted already is read from
there; the rest, and what changed since, comes from the diary itself, in the same statement, so
that an answer is never of two moments.
"""
