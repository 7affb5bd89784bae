"""Templates that the whole region works with: their versions and languages, legal review, who uses them, and papers.

A template is text of the program itself, so that one source gives DOCX, accessible PDF and the comparison of two
versions. A signed package carries templates to another county, with their origin and licence.
"""
