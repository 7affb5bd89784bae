"""A person's file as its page shows it, grouped by what one does with the facts."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel import german
from kimwerk.persons.models import HouseholdMember, ResidenceStatus
from kimwerk.persons.offers import parts_at
from kimwerk.persons.policies import may_keep
from kimwerk.persons.reference import GERMAN, language_name, nationalities
from kimwerk.persons.scripts import is_right_to_left, script_of
from kimwerk.persons.selectors.facts import language_as_shown, nationality_names, title_name
from kimwerk.persons.selectors.files import Paper, PersonFile
from kimwerk.persons.types import CareReason, DocumentKind, PersonFacts, PersonField, Relation
from kimwerk.persons.web.pages import MemberLine, OtherName, PaperLine, PersonPage, TitleLine
from kimwerk.persons.web.wording import FIELDS, days_left
from kimwerk.persons.wording import CARE_REASONS, CHANNELS, DOCUMENT_KINDS, NAME_KINDS, RELATIONS, SEXES
from kimwerk.ui.components import Badge, Fact, Moment, Tone

SOON = 60
"""Days before its end from which a title or paper is marked."""

F = PersonField


def person_page(actor: Actor, file: PersonFile) -> PersonPage:
    """Everything of the page."""
    today = timezone.localdate()
    return PersonPage(
        person=file.person,
        card=file.card,
        names=_names(file.facts),
        reach=_reach(file),
        speech=_speech(file.facts),
        identity=_identity(file.facts),
        titles=tuple(_title(each, file, today) for each in file.titles),
        papers=tuple(_paper(each, today) for each in file.papers),
        household=tuple(_member(each, file) for each in file.household),
        care=tuple(
            Moment(each.begins_at, file.names.get(each.account_id, ""), CARE_REASONS[CareReason(each.reason)])
            for each in file.care
        ),
        parts=parts_at(actor, file.person),
        may_keep=may_keep(actor, file.person),
    )


def _names(facts: PersonFacts) -> tuple[OtherName, ...]:
    lines = []
    for each in facts.names:
        script = script_of(f"{each.family}{each.given}")
        direction = "rtl" if is_right_to_left(script) else "ltr"
        lines.append(
            OtherName(NAME_KINDS[each.kind], f"{each.given} {each.family}".strip(), f"und-{script}", direction)
        )
    return tuple(lines)


def _reach(file: PersonFile) -> tuple[Fact, ...]:
    facts = file.facts
    town = f"{facts.postcode} {facts.town}".strip()
    channel = CHANNELS[facts.preferred_channel] if facts.preferred_channel else ""
    phone = "".join(sign for sign in facts.phone if sign.isdecimal() or sign == "+")
    return (
        Fact(FIELDS[F.PHONE], facts.phone, url=f"tel:{phone}" if phone else ""),
        Fact(FIELDS[F.EMAIL], facts.email, url=f"mailto:{facts.email}" if facts.email else ""),
        Fact(FIELDS[F.PREFERRED_CHANNEL], channel),
        Fact(_("Home address"), ", ".join(part for part in (facts.street, town) if part)),
        Fact(FIELDS[F.MUNICIPALITY], file.card.municipality),
    )


def _speech(facts: PersonFacts) -> tuple[Fact, ...]:
    spoken = [each for each in facts.languages if each.key != GERMAN]
    german_skill = next((each for each in facts.languages if each.key == GERMAN), None)
    level = german_skill.level.value if german_skill and german_skill.level else ""
    interpreter = language_name(facts.interpreter_language) if facts.interpreter_language else _("none needed")
    return (
        Fact(FIELDS[F.INTERPRETER_LANGUAGE], interpreter),
        Fact(FIELDS[F.LANGUAGES], ", ".join(language_as_shown(each) for each in spoken)),
        Fact(_("German"), _("mother tongue") if german_skill and german_skill.is_mother_tongue else level),
    )


def _identity(facts: PersonFacts) -> tuple[Fact, ...]:
    country = nationalities().get(facts.birth_country)
    born = german.day(facts.birth_date) if facts.birth_date else str(facts.birth_year or "")
    return (
        Fact(_("Born"), born, note=country.state if country else ""),
        Fact(FIELDS[F.SEX], SEXES[facts.sex]),
        Fact(FIELDS[F.NATIONALITIES], nationality_names(facts.nationalities)),
        Fact(FIELDS[F.ARRIVED_GERMANY_ON], _day(facts.arrived_germany_on)),
        Fact(FIELDS[F.ARRIVED_MUNICIPALITY_ON], _day(facts.arrived_municipality_on)),
    )


def _title(status: ResidenceStatus, file: PersonFile, today: date) -> TitleLine:
    window = _("since %(day)s") % {"day": german.day(status.valid_from)}
    if status.valid_until:
        ends = {"first": german.day(status.valid_from), "last": german.day(status.valid_until)}
        window = _("%(first)s to %(last)s") % ends
    paper = next((each.document for each in file.papers if each.document.pk == status.document_id), None)
    details = [status.authority, str(DOCUMENT_KINDS[DocumentKind(paper.kind)]) if paper else ""]
    noted = {"day": german.day(timezone.localdate(status.noted_at)), "name": file.names.get(status.noted_by_id, "")}
    is_withdrawn = status.withdrawn_at is not None
    is_newest = status == next((each for each in file.titles if each.withdrawn_at is None), None)
    return TitleLine(
        id=status.pk,
        title=title_name(status.title_key),
        window=window,
        details=", ".join(part for part in details if part),
        noted=_("noted on %(day)s by %(name)s") % noted,
        badge=Badge(_("noted by mistake")) if is_withdrawn else _validity(status.valid_until, today, is_newest),
        is_withdrawn=is_withdrawn,
    )


def _paper(paper: Paper, today: date) -> PaperLine:
    document = paper.document
    country = nationalities().get(document.country)
    until = _("valid until %(day)s") % {"day": german.day(document.valid_until)} if document.valid_until else ""
    return PaperLine(
        id=document.pk,
        kind=DOCUMENT_KINDS[DocumentKind(document.kind)],
        number=paper.number,
        details=", ".join(part for part in (country.state if country else "", until) if part),
        badge=_validity(document.valid_until, today, True),
    )


def _member(member: HouseholdMember, file: PersonFile) -> MemberLine:
    family = member.family_name or file.person.family_name
    details = [_("born %(year)s") % {"year": member.birth_year} if member.birth_year else ""]
    details += [] if member.lives_here else [_("lives elsewhere")]
    return MemberLine(
        id=member.pk,
        name=f"{member.given_names} {family}".strip(),
        relation=RELATIONS[Relation(member.relation)],
        details=", ".join(part for part in details if part),
        file=member.file_id if member.file_id in file.open_files else None,
    )


def _validity(until: date | None, today: date, is_current: bool) -> Badge | None:
    """A mark for what has expired or soon will; nothing for what is history anyway."""
    if until is None or not is_current or (until - today).days > SOON:
        return None
    days = (until - today).days
    return Badge(days_left(days), Tone.DANGER if days < 0 else Tone.WARNING)


def _day(day: date | None) -> str:
    return german.day(day) if day else ""
