"""People who sign in, and where they hold which role, from when to when.

Accounts come by invitation only and close by themselves when nobody uses them. A membership is
a role at an organisation for a period; without a current one nobody can sign in.
"""
