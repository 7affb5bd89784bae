"""Kick-off events, workshops, trainings and information events, from the first plan to what came of them.

An event has a checklist whose days count from the event, invitations by sort of organisation, registrations, tables
with a moderator and what was named there, certificates, and an entry in the diary that it writes itself. What was
named at a table is taken up as a need by the room above.
"""
