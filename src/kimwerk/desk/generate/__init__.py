"""Data of any size for measurement: ten years of diary of every county and city of the Land.

`world` makes who and where, `patterns` what an entry can look like, `rows` multiplies the two in the
database, in which millions of entries come into being without passing through Python.
"""
