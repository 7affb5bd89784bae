"""Posts and who fills them: shares, occupancy over time, onboarding, qualification.

Full-time equivalents on a day, their average over a window, months occupied and vacancies are computed from
who held which post from when to when; nobody types them. What somebody earns is not kept here.
"""
