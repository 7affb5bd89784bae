"""Reporting: what the work adds up to, for committees, funders and the team itself.

Keeps the catalogue of figures, crosses and draws them, and makes the evaluation report.
It counts nothing itself: the rooms below declare their figures, this room asks and shows.
"""
