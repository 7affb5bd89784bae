"""The arithmetic of cost and funding in plain Python: exact fractions inside, one rounding at a named place.

`posts` says what a post costs in a year, `rules` and `funding` what the Land pays for it and why, `lines` and
`table` put a year of a plan together, `scenarios` changes assumptions, and `findings` says what a reader
of the table should know.
"""
