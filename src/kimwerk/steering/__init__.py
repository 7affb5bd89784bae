"""Committees and what comes of them: meetings, agendas, minutes, resolutions, tasks, goals and the programme plan.

The office prepares a meeting from what is open, writes the minutes while it runs, and follows up what was resolved
until its effect has been looked at. Who sits in a committee reads its papers; nobody else outside the office does.
"""
