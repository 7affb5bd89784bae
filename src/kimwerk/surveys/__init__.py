"""Surveys of municipalities, kindergartens and participants: asked by one-time links, answered without a sign-in.

A survey is written as a draft, sent, reminded of and closed. What was sent is never changed; a new version follows it.
Answers stand with the organisation that gave them, or, in an anonymous survey, with nobody; small counts are not told.
"""
