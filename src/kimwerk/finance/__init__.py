"""Money: cost plans, funding rules, scenarios, and where every cent of a table comes from.

A plan is computed from posts and lines; each amount knows its basis, its source and how it was rounded. What a
single person costs stands behind a wall of its own.
"""
