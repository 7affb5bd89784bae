"""Reading a list that an office already keeps: what its columns mean, and who each row is about.

Nothing here knows the database or a page; what is wrong with a row is a code, never a sentence.
"""
