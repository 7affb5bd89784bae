"""The reasons of the matcher in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.persons.matching.comparing import Born, Fact, Name
from kimwerk.persons.matching.reasons import Reason, Topic

NAMES: Mapping[Name, Promise] = {
    Name.DIFFERENT: gettext_lazy("different"),
    Name.FAINT: gettext_lazy("faintly similar"),
    Name.SIMILAR: gettext_lazy("similar"),
    Name.CONSONANTS: gettext_lazy("same consonants"),
    Name.SLIP: gettext_lazy("one slip of the pen apart"),
    Name.COGNATE: gettext_lazy("the same name in another language"),
    Name.SOUND: gettext_lazy("spelt differently, heard alike"),
    Name.WORD: gettext_lazy("the same but for a further name"),
    Name.EQUAL: gettext_lazy("the same"),
}
DATES: Mapping[Born, Promise] = {
    Born.DIFFERENT: gettext_lazy("Birth date different"),
    Born.SAME_DAY: gettext_lazy("Birth date the same but for the year"),
    Born.SAME_YEAR: gettext_lazy("only the year of birth the same"),
    Born.ONE_DIGIT: gettext_lazy("Birth date the same but for one digit"),
    Born.NEW_YEAR: gettext_lazy("year of birth the same, once as 1 January"),
    Born.SWAPPED: gettext_lazy("day and month of birth swapped"),
    Born.BOTH_NEW_YEAR: gettext_lazy("both born on 1 January of the same year"),
    Born.EQUAL: gettext_lazy("Birth date the same"),
}
SEXES: Mapping[Fact, Promise] = {
    Fact.DIFFERENT: gettext_lazy("Sex different"),
    Fact.EQUAL: gettext_lazy("Sex the same"),
}
PLACES: Mapping[Fact, Promise] = {
    Fact.DIFFERENT: gettext_lazy("Municipality different"),
    Fact.EQUAL: gettext_lazy("Municipality the same"),
}


@lru_cache(maxsize=1 << 16)
def reasons_in_words(reasons: tuple[Reason, ...]) -> str:
    """The reasons as one line; what speaks against comes last, and says so."""
    pro = "; ".join(_said(reason for reason in reasons if reason.weight > 0))
    contra = "; ".join(_said(reason for reason in reasons if reason.weight < 0))
    if not contra:
        return pro
    return "; ".join(filter(None, (pro, _("against it: %(reasons)s") % {"reasons": contra})))


def _said(reasons: Iterable[Reason]) -> Iterable[str]:
    for reason in reasons:
        match reason.kind:
            case Name() as kind if reason.topic is Topic.GIVEN:
                yield _("given name %(agreement)s") % {"agreement": NAMES[kind]}
            case Name() as kind:
                yield _("family name %(agreement)s") % {"agreement": NAMES[kind]}
            case Born() as kind:
                yield str(DATES[kind])
            case Fact() as kind:
                yield str(SEXES[kind] if reason.topic is Topic.SEX else PLACES[kind])
            case None:
                yield _("given and family name swapped")
