"""The log: who did what to which record, and who read whose data, when. It can only grow.

It lives in a schema of its own under a role that nobody can sign in as. Changes are recorded by
triggers as names of columns, never as contents; reads by the selectors that hand out personal
data. Batches are sealed with a chain of hashes, so that any later change can be found and placed.
"""
