"""Dividing posts among municipalities: what is asked stands in the address, nothing is written."""

from __future__ import annotations

from fractions import Fraction

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.kernel import german
from kimwerk.kernel.fte import Fte, FteError
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.rounding import Rounding, rounded
from kimwerk.staffing.allocation import Allocation, AllocationProblem, CannotAllocate, Share, allocate_posts
from kimwerk.staffing.web.pages import AllocationPage, Part
from kimwerk.ui.components import Cell, Column, Row, Table, Tile

MOST_POSTS = 1_000
MOST_POOLS = 200


class AllocationForm(forms.Form):
    """How many posts, by which key, and who could work together."""

    posts = forms.CharField(
        label=gettext_lazy("Posts to divide"), max_length=8, help_text=gettext_lazy("Full and half posts: 17 or 2,5.")
    )
    weights = forms.CharField(
        label=gettext_lazy("Key"), widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("One municipality a line with its number: residents, cases, or what was agreed."),
    )  # fmt: skip
    pools = forms.CharField(
        label=gettext_lazy("Neighbours that could share posts"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One possible cooperation a line, the names separated by commas or semicolons."),
    )  # fmt: skip

    def clean_posts(self) -> Fte:
        """A number of posts above 0."""
        try:
            posts = Fte.from_german(self.cleaned_data["posts"])
        except (NumberError, FteError):
            raise forms.ValidationError(_("Write the number with a comma, such as 2,5.")) from None
        if not 0 < posts.posts <= MOST_POSTS:
            raise forms.ValidationError(_("More than 0 and at most 1.000 posts."))
        return posts

    def clean_weights(self) -> dict[str, Fraction]:
        """Each line a name and a number behind it."""
        found: dict[str, Fraction] = {}
        for line in self.cleaned_data["weights"].splitlines():
            name, _blank, number = line.strip().replace("\t", " ").rpartition(" ")
            if not line.strip():
                continue
            try:
                weight = Fraction(german.parse_number(number))
            except NumberError:
                raise forms.ValidationError(
                    _("“%(line)s”: write a name and a number behind it, such as Kamen 0,85.")
                    % {"line": line.strip()[:60]}
                ) from None
            key = name.strip(" ;:,")
            if not key or key in found:
                raise forms.ValidationError(
                    _("“%(line)s”: every municipality stands once.") % {"line": line.strip()[:60]}
                )
            found[key] = weight
        return found

    def clean(self) -> dict[str, object]:
        """Who could work together stands in the key."""
        entered = super().clean() or {}
        weights = entered.get("weights")
        pools = [self._names(line) for line in str(entered.get("pools") or "").splitlines() if line.strip()]
        if isinstance(weights, dict):
            unknown = sorted({name for pool in pools for name in pool} - set(weights))
            if unknown:
                self.add_error("pools", _("Not in the key: %(names)s.") % {"names": ", ".join(unknown[:5])})
        if len(pools) > MOST_POOLS:
            self.add_error("pools", _("At most %(most)s cooperations.") % {"most": MOST_POOLS})
        entered["pools"] = pools
        return entered

    @staticmethod
    def _names(line: str) -> tuple[str, ...]:
        return tuple(name for part in line.replace(";", ",").split(",") if (name := part.strip()))


@needs(Permission.STAFF_READ)
def allocate(request: ActorRequest) -> HttpResponse:
    """Divide posts by a key; without a question the residents of the district stand in the form."""
    is_asked = "posts" in request.GET
    form = AllocationForm(request.GET if is_asked else None, initial=_usual(request))
    found = _found(form) if is_asked else None
    page = AllocationPage(
        title=_("Divide posts"),
        state=_("By a key, in halves, at least one half each; neighbours may share posts"),
        form=form,
        reset_url=reverse("staffing:allocation"),
        tiles=_tiles(found) if found else (),
        part=_part(found) if found else None,
    )
    return render(request, "staffing/allocation.html", {"page": page})


def _found(form: AllocationForm) -> Allocation | None:
    if not form.is_valid():
        return None
    try:
        return allocate_posts(form.cleaned_data["posts"], form.cleaned_data["weights"], form.cleaned_data["pools"])
    except CannotAllocate as refused:
        texts = {
            AllocationProblem.NO_HALVES: ("posts", _("Only full and half posts can be divided.")),
            AllocationProblem.NO_WEIGHT: (
                "weights",
                _("%(name)s needs a number above 0.") % {"name": refused.subject},
            ),
            AllocationProblem.TOO_FEW: (
                "posts",
                _("With so few posts not everybody gets a half. Name neighbours that could share, or take more posts."),
            ),
            AllocationProblem.UNSOLVED: (None, _("No proven answer in time. Name fewer cooperations.")),
        }
        field, text = texts[refused.problem]
        form.add_error(field, text)
        return None


def _usual(request: ActorRequest) -> dict[str, str]:
    """The municipalities of the first district whose posts the actor reads, with their residents."""
    organisations = request.actor.scope(Permission.STAFF_READ).organisations
    district = (
        Organisation.objects.filter(pk__in=organisations, district__isnull=False)
        .order_by("pk")
        .values_list("district_id", flat=True)
        .first()
    )
    places = Municipality.objects.filter(district=district, population__gt=0).order_by("sort_key")
    return {"weights": "\n".join(f"{place.name} {german.number(place.population or 0)}" for place in places)}


def _tiles(found: Allocation) -> tuple[Tile, ...]:
    posts = Fte.sum(share.given for share in found.shares)
    pools = sum(1 for share in found.shares if share.is_pool)
    return (
        Tile(posts.german(), _("posts divided")),
        Tile(german.number(pools), _("pools of neighbours")),
        Tile(_number(found.deviation), _("posts off the key in sum"), _("No other division is closer: it is proven.")),
    )


def _part(found: Allocation) -> Part:
    columns = (
        Column(_("Municipality or pool")), Column(_("by the key"), is_numeric=True), Column(_("gets"), is_numeric=True),
        Column(_("difference"), is_numeric=True), Column(_("Posts that are formed")),
    )  # fmt: skip
    title = _("The division")
    table = Table(title, columns, tuple(_row(share) for share in found.shares), is_caption_hidden=True)
    return Part("division", title, table, "")


def _row(share: Share) -> Row:
    note = _("a pool: alone its members would be further off the key") if share.is_pool else ""
    return Row(
        (
            Cell(", ".join(share.members), note=note),
            Cell(_number(share.due)),
            Cell(share.given.german(1)),
            Cell(_number(share.deviation)),
            Cell(" + ".join(post.german(1) for post in share.posts)),
        )
    )


def _number(value: Fraction) -> str:
    return german.number(rounded(value, 2, Rounding.HALF_UP), 2)
