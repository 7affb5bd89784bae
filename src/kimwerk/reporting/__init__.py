"""The catalogue of figures and the evaluation report: every number says what it counts.

Rooms declare their figures; this room shows, crosses, draws and prints them. A released edition is
frozen with its definitions, numbers and hash.
"""
