"""The forms of the diary. What they cannot know is judged by the errands and told at the same fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.activities.models import DiarySettings
from kimwerk.activities.models.activity import MOST_MINUTES, MOST_PARTICIPANTS
from kimwerk.activities.policies import may_log_for_others
from kimwerk.activities.selectors.book import Book, Names
from kimwerk.activities.services.judging import FIRST_DAY, LONGEST_NOTE
from kimwerk.activities.services.refusals import Problems
from kimwerk.activities.types import CategoryList, Facts
from kimwerk.activities.types import EntryField as Place
from kimwerk.activities.web.wording import FIELDS, told
from kimwerk.ui.widgets import Combobox, DateInput, MultiSelect

Option = tuple[str, str]
Options = Sequence[Option | tuple[str, Sequence[Option]]]

NOTHING: Option = ("", "")


def whole_or_none(value: str) -> int | None:
    """The id behind a chosen option; None for the empty one."""
    return int(value) if value else None


class EntryForm(forms.Form):
    """All facts of an activity."""

    day = forms.DateField(label=FIELDS[Place.DAY])
    last_day = forms.DateField(
        label=FIELDS[Place.LAST_DAY], required=False, help_text=_("Only for something that went on over several days.")
    )
    done_by = forms.TypedChoiceField(label=FIELDS[Place.DONE_BY], coerce=int, widget=Combobox)
    kind = forms.TypedChoiceField(label=FIELDS[Place.KIND], coerce=int, widget=Combobox)
    referral_target = forms.TypedChoiceField(
        label=FIELDS[Place.REFERRAL_TARGET],
        required=False,
        coerce=whole_or_none,
        empty_value=None,
        widget=Combobox,
        help_text=_("Only for a referral consultation: where to."),
    )
    channel = forms.TypedChoiceField(
        label=FIELDS[Place.CHANNEL], required=False, coerce=whole_or_none, empty_value=None, widget=forms.Select
    )
    municipality = forms.TypedChoiceField(
        label=FIELDS[Place.MUNICIPALITY], required=False, coerce=whole_or_none, empty_value=None, widget=Combobox
    )
    site = forms.TypedChoiceField(
        label=FIELDS[Place.SITE], required=False, coerce=whole_or_none, empty_value=None, widget=forms.Select
    )
    participants_target = forms.IntegerField(
        label=FIELDS[Place.PARTICIPANTS_TARGET], required=False, min_value=0, max_value=MOST_PARTICIPANTS
    )
    participants_partner = forms.IntegerField(
        label=FIELDS[Place.PARTICIPANTS_PARTNER], required=False, min_value=0, max_value=MOST_PARTICIPANTS
    )
    minutes = forms.IntegerField(label=FIELDS[Place.MINUTES], required=False, min_value=0, max_value=MOST_MINUTES)
    topics = forms.TypedMultipleChoiceField(label=FIELDS[Place.TOPICS], required=False, coerce=int, widget=MultiSelect)
    target_groups = forms.TypedMultipleChoiceField(
        label=FIELDS[Place.TARGET_GROUPS], required=False, coerce=int, widget=MultiSelect
    )
    legal_circles = forms.TypedMultipleChoiceField(
        label=FIELDS[Place.LEGAL_CIRCLES], required=False, coerce=int, widget=MultiSelect
    )
    partners = forms.TypedMultipleChoiceField(
        label=FIELDS[Place.PARTNERS], required=False, coerce=int, widget=MultiSelect
    )
    note = forms.CharField(
        label=FIELDS[Place.NOTE],
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_(
            "At most one line, and nothing that points to a person: no names, no addresses, no birthdays, no telephone"
            " numbers. Everybody who may read the diary reads this."
        ),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        book: Book,
        settings: DiarySettings,
        facts: Facts,
    ) -> None:
        super().__init__(data, initial=initial_of(facts))
        self.actor, self.book, self.facts_before = actor, book, facts
        self._offer_categories(facts)
        self._offer_places(facts)
        self._offer_people(facts)
        if not settings.is_note_enabled and not facts.note:
            del self.fields["note"]
        today = timezone.localdate()
        for name in ("day", "last_day"):
            self.fields[name].widget = DateInput(earliest=FIRST_DAY, latest=today)
        for name in ("participants_target", "participants_partner", "minutes"):
            self.fields[name].widget.attrs |= {"inputmode": "numeric"}

    def facts(self) -> Facts:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        site = self.book.sites.get(given["site"]) if given["site"] else None
        return Facts(
            organisation_id=self.facts_before.organisation_id,
            day=given["day"],
            last_day=given["last_day"] if given["last_day"] != given["day"] else None,
            kind_id=given["kind"],
            done_by_id=given["done_by"],
            channel_id=given["channel"],
            municipality_id=given["municipality"] or (site.place_id if site else None),
            site_id=given["site"],
            topics=tuple(given["topics"]),
            target_groups=tuple(given["target_groups"]),
            legal_circles=tuple(given["legal_circles"]),
            partners=tuple(given["partners"]),
            participants_target=given["participants_target"] or 0,
            participants_partner=given["participants_partner"] or 0,
            minutes=given["minutes"],
            referral_target_id=given["referral_target"],
            note=" ".join(given.get("note", "").split()),
        )

    def refuse(self, problems: Problems) -> None:
        """Put what the errand found wrong at its fields."""
        for name, sentence in told(problems).items():
            self.add_error(name if name in self.fields else None, str(sentence))

    def _offer_categories(self, facts: Facts) -> None:
        day = timezone.localdate()
        lists: tuple[tuple[str, CategoryList, Iterable[int | None], bool], ...] = (
            ("kind", CategoryList.KIND, (facts.kind_id,), True),
            ("channel", CategoryList.CHANNEL, (facts.channel_id,), True),
            ("referral_target", CategoryList.REFERRAL_TARGET, (facts.referral_target_id,), True),
            ("topics", CategoryList.TOPIC, facts.topics, False),
            ("target_groups", CategoryList.TARGET_GROUP, facts.target_groups, False),
            ("legal_circles", CategoryList.LEGAL_CIRCLE, facts.legal_circles, False),
        )
        for name, category_list, chosen, is_single in lists:
            kept = frozenset(chosen)
            found = [
                (str(fact.id), fact.label)
                for fact in self.book.of(category_list)
                if fact.is_valid(day) or fact.is_valid(facts.day) or fact.id in kept
            ]
            offer(self, name, ([NOTHING] if is_single else []) + found)

    def _offer_places(self, facts: Facts) -> None:
        book = self.book
        near = [(str(each.id), each.label) for each in book.municipalities.values() if each.is_near]
        far = [(str(each.id), each.label) for each in book.municipalities.values() if not each.is_near]
        elsewhere: list[tuple[str, list[Option]]] = [(str(_("Elsewhere in the state")), far)] if far else []
        offer(self, "municipality", [NOTHING, *near, *elsewhere])
        offer(self, "site", site_options(book, None, facts.site_id))
        partners = [p for p in book.partners.values() if p.is_open or p.id in facts.partners]
        offer(self, "partners", [(str(partner.id), partner.label) for partner in partners])

    def _offer_people(self, facts: Facts) -> None:
        """Only who may enter for others chooses; for everybody else it is what it was, unseen."""
        if may_log_for_others(self.actor, facts.organisation_id):
            offer(self, "done_by", people_options(self.book.staff, {facts.done_by_id}))
        else:
            offer(self, "done_by", [(str(facts.done_by_id), self.actor.name)])
            self.fields["done_by"].widget = forms.HiddenInput()


def offer(form: forms.Form, name: str, options: Options) -> None:
    """Give a field of choices what there is to choose from."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(options)


def site_options(book: Book, municipality: int | None, kept: int | None) -> Options:
    """Sites to choose from, grouped by municipality, or those of one municipality alone."""
    groups: dict[int | None, list[Option]] = {}
    for site in book.sites.values():
        if (site.is_open and site.is_near) or site.id == kept:
            groups.setdefault(site.place_id, []).append((str(site.id), site.label))
    if municipality is not None:
        return [NOTHING, *groups.get(municipality, [])]
    named = {book.municipalities[place].label: options for place, options in groups.items() if place is not None}
    return [NOTHING, *sorted(named.items())]


def people_options(staff: Names, kept: set[int]) -> Options:
    """Colleagues who work here now, and whoever is named already."""
    return [(str(person.id), person.label) for person in staff.values() if person.is_open or person.id in kept]


def initial_of(facts: Facts) -> dict[str, object]:
    """Facts as the form's first values; an empty number stays empty."""
    return {
        "day": facts.day,
        "last_day": facts.last_day,
        "done_by": facts.done_by_id,
        "kind": facts.kind_id or "",
        "channel": facts.channel_id,
        "municipality": facts.municipality_id,
        "site": facts.site_id,
        "topics": facts.topics,
        "target_groups": facts.target_groups,
        "legal_circles": facts.legal_circles,
        "partners": facts.partners,
        "participants_target": facts.participants_target or None,
        "participants_partner": facts.participants_partner or None,
        "minutes": facts.minutes,
        "referral_target": facts.referral_target_id,
        "note": facts.note,
    }


class LabelForm(forms.Form):
    """A name for something that is kept."""

    label = forms.CharField(label=_("Name"), max_length=60)


class FavouriteForm(LabelForm):
    """A favourite: its name and its line."""

    line = forms.CharField(label=_("Line"), max_length=200, help_text=_("As in the quick entry, without a day."))


class SettingsForm(forms.Form):
    """An organisation's rules for its diary."""

    is_note_enabled = forms.BooleanField(
        label=_("Entries may carry a one-line note"),
        required=False,
        help_text=_(
            "Free text invites names. Leave this off unless your data protection officer has agreed; e-mail addresses,"
            " telephone numbers and birthdays are refused in any case."
        ),
    )
    days_shown = forms.IntegerField(
        label=_("Days the list shows at first"), min_value=7, max_value=3_660, help_text=_("Counted back from today.")
    )
    change_share = forms.IntegerField(
        label=_("An import stops and asks when it would change more than (percent)"), min_value=0, max_value=100
    )
    change_rows = forms.IntegerField(label=_("… but only from this number of rows"), min_value=0, max_value=100_000)


class RepeatForm(forms.Form):
    """Which entries of a day are entered again, and for which day."""

    day = forms.DateField(label=_("For the day"))
    entries = forms.TypedMultipleChoiceField(label=_("Entries"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: QueryDict | None = None, *, options: Options, day: date) -> None:
        super().__init__(data, initial={"day": day, "entries": [value for value, _label in options]})
        self.fields["day"].widget = DateInput(earliest=FIRST_DAY, latest=day)
        offer(self, "entries", options)
