"""Papers of consent: the form in two languages, and the letter that lists what was disclosed."""

from kimwerk.consent.web.papers.form import FormPaper, print_form
from kimwerk.consent.web.papers.letter import print_letter

__all__ = ["FormPaper", "print_form", "print_letter"]
