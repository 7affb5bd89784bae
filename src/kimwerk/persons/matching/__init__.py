"""Whether two registrations mean the same person: plain Python, no tables, no framework.

`sounds` brings every spelling of a name to what is heard. `keys` says what to look up, `comparing` how two
registrations agree, `scoring` how likely it is that they are one person and why. `candidates`, `clusters` and
`pairs` do that for a whole register at once.
"""
