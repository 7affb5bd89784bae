"""Pages of referrals, case conferences and the checklists of module 3."""
