"""One thing of every sort that a door can be asked for, belonging to the Rhein-Sieg-Kreis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.utils import timezone

from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Membership
from kimwerk.activities.models import Activity, Favourite, SavedView
from kimwerk.activities.services.tallies.checking import check_tally
from kimwerk.activities.services.tallies.reading import read_tally
from kimwerk.activities.services.tallies.uploading import upload_tally
from kimwerk.directory.models import Contact, Office, Organisation
from kimwerk.finance.calculation.lines import Basis, Side
from kimwerk.finance.calculation.sharing import Bearer, MoveKind, ShareRole
from kimwerk.finance.services.bookings import apply_upload, note_call, read_upload
from kimwerk.finance.services.grades import GradeFacts, keep_grade
from kimwerk.finance.services.plans import LineFacts, PlanFacts, create_plan, keep_line, take_over_posts
from kimwerk.finance.services.proofs import hand_in, keep_report
from kimwerk.finance.services.scenarios import ScenarioFacts, keep_scenario
from kimwerk.finance.services.sharing import ContractFacts, ShareFacts, keep_contract, keep_share, note_move
from kimwerk.kernel.figures import Unit
from kimwerk.kernel.hashing import content_hash
from kimwerk.kernel.periods import Period
from kimwerk.persons.services import register_person
from kimwerk.persons.services.parts import (
    DocumentFacts,
    MemberFacts,
    TitleFacts,
    add_member,
    note_document,
    note_title,
)
from kimwerk.persons.types import DocumentKind, LanguageFacts, NameFacts, NameKind, PersonFacts, Relation
from kimwerk.reporting.models import Edition, Exploration, PlacedFigure, SectionComment
from kimwerk.reporting.services.builds import count_report, frozen, order_build, plan_of
from kimwerk.reporting.services.datasets import load_data_set
from kimwerk.reporting.services.reports import create_report
from kimwerk.reporting.services.scheduling import keep_schedule
from kimwerk.reporting.types import ReportTemplate, Rhythm
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.services.occupying import OccupancyFacts, occupy
from kimwerk.staffing.services.people import CourseFacts, add_employee, add_leave, begin_onboarding, keep_course
from kimwerk.staffing.services.posts import PostFacts, add_post
from kimwerk.staffing.services.substituting import add_substitution
from kimwerk.staffing.types import CourseState, LeaveKind, Workplace
from tests.attacks.arrival_things import OF_ARRIVALS, OF_LISTS, OF_OFFICES, build_arrivals
from tests.attacks.casework_things import OF_A_CASE, OF_A_PART, OF_COLLEAGUES, build_case, first_choice, first_path
from tests.attacks.document_things import OF_DOCUMENTS, build_documents
from tests.attacks.event_things import OF_EVENTS, build_event
from tests.attacks.language_things import OF_LANGUAGE, build_language
from tests.attacks.network_things import OF_BODIES, OF_THE_NETWORK, build_network
from tests.attacks.public_things import SLUG, publish
from tests.attacks.referral_things import OF_COLLEAGUES as REFERRALS_OF_COLLEAGUES
from tests.attacks.referral_things import OF_LINKS, OF_THINGS, build_referrals
from tests.attacks.steering_things import OF_MEMBERS, OF_STEERING, build_steering
from tests.attacks.survey_things import OF_SURVEYS, build_survey
from tests.attacks.world_consent import build_consent
from tests.cast import Cast, as_owner

Arguments = dict[str, int | str]


def _part(key: str) -> Callable[[World], Arguments]:
    """The arguments of a door to a part of the case."""
    return lambda world: {"pk": world.things["case_case"], key: world.things[f"case_{key}"]}


def _thing(key: str) -> Callable[[World], Arguments]:
    """The arguments of a door to one thing."""
    return lambda world: {"pk": world.things[key]}


@dataclass
class World:
    """The things, and how each door is asked for one of them."""

    cast: Cast
    things: dict[str, int] = field(default_factory=dict)

    ARGUMENTS: ClassVar[dict[str, Callable[[World], Arguments]]] = {
        "accounts:demo_sign_in": lambda world: {"token": "no-such-token"},
        "accounts:accept": lambda world: {"token": "no-such-token"},
        "account_confirm_email": lambda world: {"key": "no-such-key"},
        "reporting:figure": lambda world: {"key": "activities"},
        "reporting:download": lambda world: {"key": "activities", "form": "csv"},
        "reporting:explorer_file": lambda world: {"form": "csv"},
        "reporting:figure_series": lambda world: {"key": "activities_by_kind"},
        **dict.fromkeys(
            ("reporting:data_set", "reporting:data_set_remove"), lambda world: {"pk": world.things["data_set"]}
        ),
        **dict.fromkeys(
            ("reporting:exploration", "reporting:exploration_share", "reporting:exploration_remove"),
            lambda world: {"pk": world.things["exploration"]},
        ),
        "accounts:revoke": lambda world: {"pk": 1},
        **dict.fromkeys(
            (
                *("accounts:account", "accounts:give_role", "accounts:invite_again", "accounts:withdraw"),
                *("accounts:reset_factor", "accounts:revoke_all", "accounts:close", "accounts:reopen"),
            ),
            lambda world: {"pk": world.things["account"]},
        ),
        "accounts:end_role": lambda world: {"pk": world.things["membership"]},
        **dict.fromkeys(
            (
                *("directory:organisation", "directory:change_organisation", "directory:close_organisation"),
                *("directory:reopen_organisation", "directory:add_office", "directory:add_site"),
                "directory:add_contact",
            ),
            lambda world: {"pk": world.things["organisation"]},
        ),
        "directory:office": lambda world: {"pk": world.things["office"]},
        **dict.fromkeys(
            ("directory:site", "directory:close_site", "directory:reopen_site"),
            lambda world: {"pk": world.things["site"]},
        ),
        **dict.fromkeys(
            ("directory:contact", "directory:verify_contact", "directory:remove_contact"),
            lambda world: {"pk": world.things["contact"]},
        ),
        "directory:municipality": lambda world: {"ags": "05382060"},
        **dict.fromkeys(
            (
                *("activities:entry", "activities:edit", "activities:remove", "activities:restore"),
                "activities:keep_as_favourite",
            ),
            lambda world: {"pk": world.things["activity"]},
        ),
        "activities:undo": lambda world: {"keys": str(world.things["activity"])},
        "activities:favourite": lambda world: {"pk": world.things["favourite"]},
        "activities:view": lambda world: {"pk": world.things["view"]},
        "activities:export": lambda world: {"kind": "csv"},
        "activities:categories": lambda world: {"key": "kind"},
        "activities:new_category": lambda world: {"key": "kind"},
        "activities:category": lambda world: {"key": "kind", "pk": world.cast.categories["workshop"]},
        **dict.fromkeys(
            (
                *("activities:import", "activities:import_progress", "activities:import_mapping"),
                *("activities:import_sheet", "activities:import_check", "activities:import_apply"),
                *("activities:import_undo", "activities:import_cancel"),
            ),
            lambda world: {"pk": world.things["import"]},
        ),
        "activities:import_row": lambda world: {"pk": world.things["import"], "number": 2},
        "activities:import_rejected": lambda world: {"pk": world.things["import"], "kind": "csv"},
        "arrivals:import_rejected": lambda world: {"pk": world.things["list_import"], "kind": "csv"},
        **dict.fromkeys(
            ("staffing:post", "staffing:change_post", "staffing:occupy"),
            lambda world: {"pk": world.things["post"]},
        ),
        **dict.fromkeys(
            ("staffing:occupancy", "staffing:hours", "staffing:remove_occupancy"),
            lambda world: {"pk": world.things["occupancy"]},
        ),
        **dict.fromkeys(
            (
                *("staffing:employee", "staffing:change_employee", "staffing:add_leave", "staffing:begin_onboarding"),
                *("staffing:add_course", "staffing:add_substitution"),
            ),
            lambda world: {"pk": world.things["employee"]},
        ),
        "staffing:remove_leave": lambda world: {"pk": world.things["leave"]},
        "staffing:remove_substitution": _thing("substitution"),
        "staffing:onboarding_step": lambda world: {"pk": world.things["step"]},
        "staffing:course": lambda world: {"pk": world.things["course"]},
        **dict.fromkeys(
            (
                *("finance:plan", "finance:change_plan", "finance:basis", "finance:take_over", "finance:add_post"),
                *("finance:add_line", "finance:scenarios", "finance:add_scenario", "finance:funding"),
                *("finance:execution", "finance:upload_bookings", "finance:add_call", "finance:proof"),
                *("finance:sharing", "finance:add_share", "finance:add_pass_through"),
            ),
            lambda world: {"pk": world.things["plan"]},
        ),
        "finance:download": lambda world: {"pk": world.things["plan"], "form": "csv"},
        **dict.fromkeys(("finance:post", "finance:remove_post"), lambda world: {"pk": world.things["plan_post"]}),
        **dict.fromkeys(("finance:line", "finance:remove_line"), lambda world: {"pk": world.things["plan_line"]}),
        **dict.fromkeys(
            ("finance:uploaded", "finance:apply_bookings", "finance:discard_bookings"),
            lambda world: {"pk": world.things["upload"]},
        ),
        **dict.fromkeys(
            ("finance:proof_report", "finance:hand_in"), lambda world: {"pk": world.things["plan"], "year": 2022}
        ),
        "finance:handed_in_file": lambda world: {"pk": world.things["handed_in"], "form": "xlsx"},
        "finance:proof_file": lambda world: {"pk": world.things["plan"], "year": 2022, "form": "xlsx"},
        **dict.fromkeys(("finance:share", "finance:remove_share"), lambda world: {"pk": world.things["share"]}),
        **dict.fromkeys(
            ("finance:pass_through", "finance:change_pass_through", "finance:add_move"),
            lambda world: {"pk": world.things["pass_through"]},
        ),
        "finance:grade": _thing("grade"),
        "finance:move": lambda world: {"pk": world.things["move"]},
        "finance:call": lambda world: {"pk": world.things["call"]},
        **dict.fromkeys(
            ("finance:scenario", "finance:remove_scenario"), lambda world: {"pk": world.things["scenario"]}
        ),
        **dict.fromkeys(
            (
                *("persons:person", "persons:edit", "persons:erase", "persons:add_member", "persons:add_title"),
                "persons:add_document",
            ),
            lambda world: {"pk": world.things["person"]},
        ),
        **dict.fromkeys(
            ("consent:person", "consent:declare", "consent:blank", "consent:letter", "consent:disclose"),
            lambda world: {"person": world.things["person"]},
        ),
        **dict.fromkeys(
            ("consent:declaration", "consent:copy", "consent:proof", "consent:withdraw"),
            lambda world: {"pk": world.things["declaration"]},
        ),
        "consent:withdraw_grant": lambda world: {"pk": world.things["grant"]},
        "consent:choices": lambda world: {"key": "gruppen"},
        "consent:offer_word": lambda world: {"key": "zwecke", "pk": world.things["purpose"]},
        **dict.fromkeys(
            ("consent:group", "consent:offer_group"), lambda world: {"pk": world.things["recipient_group"]}
        ),
        "consent:leave_group": lambda world: {
            "pk": world.things["recipient_group"],
            "member": world.things["group_member"],
        },
        "consent:begin_text": lambda world: {"kind": "data_consent"},
        **dict.fromkeys(
            (
                *("consent:text", "consent:edit_text", "consent:compare_text", "consent:approve_text"),
                "consent:text_sheet",
            ),
            lambda world: {"pk": world.things["text"]},
        ),
        **dict.fromkeys(
            ("consent:disclosure", "consent:recall", "consent:received", "consent:deleted"),
            lambda world: {"pk": world.things["disclosure"]},
        ),
        "persons:remove_member": lambda world: {"pk": world.things["person"], "part": world.things["member"]},
        "persons:withdraw_title": lambda world: {"pk": world.things["person"], "part": world.things["title"]},
        "persons:remove_document": lambda world: {"pk": world.things["person"], "part": world.things["paper"]},
        **dict.fromkeys(OF_A_CASE, lambda world: {"pk": world.things["case_case"]}),
        **{name: _part(key) for name, key in OF_A_PART.items()},
        "casework:new": lambda world: {"person": world.things["person"]},
        "casework:review": lambda world: {"pk": world.things["case_insight"]},
        "casework:choices": lambda world: {"key": "life_domain"},
        "casework:end_choice": lambda world: {"pk": first_choice()},
        "casework:map_choice": lambda world: {"pk": first_path()},
        **{name: _thing(key) for name, key in OF_THINGS.items()},
        **dict.fromkeys(OF_LINKS, lambda world: {"token": "no-such-token"}),
        "casework:end_rule": lambda world: {"pk": world.things["case_rule"]},
        "casework:step_state": lambda world: _part("step")(world) | {"state": "erledigt"},
        "casework:deadline_state": lambda world: _part("deadline")(world) | {"state": "erledigt"},
        "persons:review": lambda world: {"account": world.cast.accounts["frieda"], "day": "2022-03-07"},
        **dict.fromkeys(
            (
                *("reporting:report", "reporting:report_facts", "reporting:report_preview", "reporting:build_order"),
                *("reporting:build_state", "reporting:build_cancel", "reporting:release", "reporting:section_new"),
            ),
            lambda world: {"pk": world.things["report"]},
        ),
        **dict.fromkeys(
            (
                *("reporting:section", "reporting:section_edit", "reporting:section_after", "reporting:section_remove"),
                *("reporting:section_restore", "reporting:figure_new"),
                *("reporting:section_talk", "reporting:section_author"),
            ),
            lambda world: {"pk": world.things["section"]},
        ),
        "reporting:section_move": lambda world: {"pk": world.things["section"], "direction": "up"},
        **dict.fromkeys(
            ("reporting:figure_edit", "reporting:figure_remove", "reporting:figure_restore"),
            lambda world: {"pk": world.things["figure"]},
        ),
        "reporting:figure_move": lambda world: {"pk": world.things["figure"], "direction": "up"},
        "reporting:build_file": lambda world: {"pk": world.things["build"], "kind": "pdf"},
        "reporting:comment_settle": _thing("comment"),
        "reporting:schedule_end": _thing("schedule"),
        **dict.fromkeys(("reporting:edition", "reporting:edition_next", "reporting:publish"), _thing("edition")),
        **dict.fromkeys(("reporting:publication", "reporting:withdraw"), _thing("publication")),
        **dict.fromkeys(("public:publication", "public:package", "public:abstract"), lambda world: {"slug": SLUG}),
        "public:table": lambda world: {"slug": SLUG, "number": "1", "form": "csv"},
        "public:report": lambda world: {"slug": SLUG, "form": "html"},
        **dict.fromkeys(
            ("public:fact_sheet", "public:fact_sheet_paper"), lambda world: {"slug": SLUG, "ags": "05382060"}
        ),
        "reporting:edition_file": lambda world: {"pk": world.things["edition"], "kind": "pdf"},
        "mfa_edit_webauthn": lambda world: {"pk": 1},
        "mfa_remove_webauthn": lambda world: {"pk": 1},
        **{name: _thing(key) for name, key in OF_ARRIVALS.items()},
        "arrivals:import_row": lambda world: {"pk": world.things["list_import"], "number": 2},
        **dict.fromkeys(
            OF_LISTS, lambda world: {"pk": world.things["list_contract"], "occasion": world.things["occasion"]}
        ),
        "arrivals:give_place": lambda world: {
            "pk": world.things["list_contract"],
            "occasion": world.things["occasion"],
            "row": world.things["registration"],
        },
        "arrivals:take_out": lambda world: {
            "pk": world.things["list_contract"],
            "occasion": world.things["occasion"],
            "form": "csv",
        },
        **{name: _thing(key) for name, key in (OF_STEERING | OF_DOCUMENTS).items()},
        **{name: _thing(key) for name, key in (OF_EVENTS | OF_SURVEYS | OF_LANGUAGE).items()},
        **{name: _thing(key) for name, key in OF_THE_NETWORK.items()},
        **dict.fromkeys(OF_BODIES, _thing("organisation")),
        "events:template": lambda world: {"kind": "kick_off"},
        **dict.fromkeys(
            ("events:agreement", "events:agree"), lambda world: {"place": world.cast.municipalities["Siegburg"]}
        ),
        **dict.fromkeys(("events:invitation", "surveys:answer"), lambda world: {"token": "no-such-token"}),
        "arrivals:merge": lambda world: {"pk": world.things["registration"], "other": world.things["double"]},
    }
    """How each door with an argument is asked."""

    SHARED: ClassVar[set[str]] = {
        "accounts:demo_sign_in",
        "accounts:accept",
        "account_confirm_email",
        "directory:organisation",
        "directory:municipality",
        *OF_LINKS,
        *("events:template", "events:invitation", "surveys:answer"),
        *("consent:begin_text", "consent:choices", "consent:offer_word"),
        "reporting:explorer_file",
        "reporting:figure_series",
        "activities:export",
        "activities:categories",
        "activities:new_category",
        "activities:category",
        *("casework:choices", "casework:end_choice", "casework:map_choice"),
        "reporting:figure",
        "reporting:download",
        *("public:publication", "public:package", "public:abstract", "public:table", "public:report"),
        *("public:fact_sheet", "public:fact_sheet_paper"),
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        *OF_BODIES,
    }
    """Doors whose things are nobody's in particular (the public part of the directory), or the caller's own."""

    OF_OTHERS: ClassVar[set[str]] = {
        "reporting:data_set",  # a file is its owner's alone
        *("activities:entry", "activities:edit", "activities:remove", "activities:restore", "activities:undo"),
        *("activities:keep_as_favourite", "activities:favourite", "activities:view"),
        *("activities:import", "activities:import_progress", "activities:import_mapping", "activities:import_sheet"),
        *("activities:import_check", "activities:import_apply", "activities:import_undo", "activities:import_cancel"),
        *("activities:import_row", "activities:import_rejected"),
        *("arrivals:import", "arrivals:import_progress", "arrivals:import_mapping", "arrivals:import_sheet"),
        *("arrivals:import_check", "arrivals:import_apply", "arrivals:import_undo", "arrivals:import_cancel"),
        *("arrivals:import_row", "arrivals:import_rejected"),
        "activities:repeat",  # there is nothing to repeat
        *("persons:person", "persons:edit", "persons:add_member", "persons:remove_member", "persons:add_title"),
        *(
            "persons:erase",
            "persons:withdraw_title",
            "persons:add_document",
            "persons:remove_document",
            "persons:review",
        ),
        *OF_COLLEAGUES,
        *REFERRALS_OF_COLLEAGUES,
        *OF_OFFICES,
        *("consent:person", "consent:declare", "consent:letter", "consent:disclose", "consent:declaration"),
        *("consent:copy", "consent:proof", "consent:withdraw", "consent:withdraw_grant"),
        *("consent:disclosure", "consent:recall", "consent:received"),
        *("reporting:report", "reporting:report_preview", "reporting:section", "reporting:build_state"),
        *("reporting:build_file", "reporting:section_restore", "reporting:figure_restore"),
        *("reporting:section_talk", "reporting:comment_settle"),
        *OF_MEMBERS,
        "network:correct",
    }
    """Doors that a role may pass in general, but not to this thing, because it is a colleague's own."""

    def arguments(self, name: str) -> Arguments:
        """What the address of this door needs."""
        return self.ARGUMENTS[name](self) if name in self.ARGUMENTS else {}


def build_world(cast: Cast) -> World:
    """Make one thing of every sort."""
    world = World(cast)
    world.things["account"] = cast.accounts["mehmet"]
    world.things["organisation"] = cast.organisations["Rhein-Sieg-Kreis"]
    world.things["site"] = cast.sites["Rathaus Siegburg"]
    with as_owner():
        world.things["membership"] = Membership.objects.get(account=cast.accounts["mehmet"]).pk
        world.things["office"] = Office.objects.create(
            organisation_id=world.things["organisation"], name="Kreissozialamt"
        ).pk
        world.things["contact"] = Contact.objects.create(
            organisation_id=world.things["organisation"],
            family_name="Beispiel",
            given_name="Frieda",
            sort_key="beispiel",
        ).pk
    _build_diary(world)
    _build_person(world)
    world.things |= build_case(cast, world.things["person"])
    world.things |= build_referrals(cast, world.things["case_case"])
    world.things |= build_consent(cast, world.things["person"])
    world.things |= build_arrivals(cast)
    world.things |= build_steering(cast)
    world.things |= build_documents(cast, world.things["organisation"])
    world.things |= build_event(cast, world.things["organisation"])
    world.things |= build_survey(cast, world.things["organisation"])
    world.things |= build_language(cast, world.things["organisation"])
    world.things |= build_network(cast, world.things["organisation"])
    _build_report(world)
    _build_money(world)
    return world


def _build_person(world: World) -> None:
    """Somebody in Frieda's care, with all that hangs on a file."""
    frieda = world.cast.actor("frieda")
    set_actor(frieda.account_id)
    facts = PersonFacts(
        world.things["organisation"],
        "Frieda",
        "Frieda",
        names=(NameFacts(NameKind.ORIGINAL_SCRIPT, "Фрида"),),
        birth_date=date(1990, 3, 7),
        nationalities=("166",),
        languages=(LanguageFacts("ukr"),),
    )
    person = register_person(actor=frieda, facts=facts).pk
    world.things["person"] = person
    world.things["member"] = add_member(actor=frieda, person_id=person, facts=MemberFacts(Relation.CHILD, "Frieda")).pk
    world.things["title"] = note_title(
        actor=frieda, person_id=person, facts=TitleFacts("ae-24", date(2022, 6, 1), authority="Frieda")
    ).pk
    world.things["paper"] = note_document(
        actor=frieda, person_id=person, facts=DocumentFacts(DocumentKind.PASSPORT, "Frieda")
    ).pk


def _build_money(world: World) -> None:
    """A post of Frieda's with all that hangs on it, and a plan with a line and a scenario."""
    fiona, home = world.cast.actor("fiona"), world.things["organisation"]
    set_actor(fiona.account_id)
    spring = date(2022, 1, 1)
    facts = PostFacts("Frieda", PostKind.CASE_MANAGEMENT, Workplace.COUNTY, Decimal(1), spring)
    post = add_post(actor=fiona, organisation_id=home, facts=facts)
    employee = add_employee(actor=fiona, organisation_id=home, given_name="Frieda", family_name="Fallbeispiel")
    occupancy = occupy(actor=fiona, post=post, employee=employee, facts=OccupancyFacts(Decimal(1), spring))
    begin_onboarding(actor=fiona, employee=employee, first_day=spring)
    course = keep_course(actor=fiona, employee=employee, facts=CourseFacts("Frieda", CourseState.BEGUN))
    leave = add_leave(actor=fiona, employee=employee, kind=LeaveKind.RELEASE, first_day=spring, last_day=spring)
    other = add_employee(actor=fiona, organisation_id=home, given_name="Vera", family_name="Vertretung")
    stands_in = add_substitution(actor=fiona, employee=employee, substitute=other, first_day=spring, last_day=spring)
    plan = create_plan(actor=fiona, organisation_id=home, facts=PlanFacts("frieda", "Frieda", 2022, 2022))
    take_over_posts(actor=fiona, plan=plan, day=date(2022, 2, 1))
    facts_of_line = LineFacts("frieda", "Frieda", Side.EXPENDITURE, Basis.LUMP_SUM, {2022: Decimal(1)})
    line = keep_line(actor=fiona, plan=plan, facts=facts_of_line)
    file = b"Datum;Betrag;Beleg;Zeile\n07.03.2022;5,00;Frieda;Frieda\n"
    upload = read_upload(actor=fiona, plan=plan, year=2022, file_name="Frieda.csv", content=file)
    apply_upload(actor=fiona, upload=upload)
    call = note_call(actor=fiona, line=line, year=2022, called_on=spring, amount=Decimal(1), note="Frieda")
    keep_report(actor=fiona, plan=plan, year=2022, text="Frieda")
    share = keep_share(
        actor=fiona,
        plan=plan,
        facts=ShareFacts(2022, ShareRole.BEARS, Bearer.OTHERS, "Frieda", Decimal(1)),
    )
    recipient = Organisation.objects.get(pk=world.cast.organisations["Stadt Troisdorf"])
    passed = keep_contract(
        actor=fiona,
        plan=plan,
        facts=ContractFacts(recipient, PostKind.COORDINATION, Decimal(1), spring, Decimal(1), "Frieda"),
    )
    move = note_move(actor=fiona, contract=passed, year=2022, kind=MoveKind.ADVANCE, on=spring, amount=Decimal(1))
    grade = GradeFacts("Frieda", spring, [Decimal(50_000)], "Frieda")
    world.things |= {
        "grade": keep_grade(actor=fiona, organisation_id=home, facts=grade).pk,
        "handed_in": hand_in(actor=fiona, plan=plan, year=2022, on=spring).pk,
        "share": share.pk,
        "pass_through": passed.pk,
        "move": move.pk,
        "post": post.pk,
        "occupancy": occupancy.pk,
        "substitution": stands_in.pk,
        "employee": employee.pk,
        "leave": leave.pk,
        "course": course.pk,
        "step": employee.onboarding.values_list("pk", flat=True)[0],
        "plan": plan.pk,
        "plan_post": plan.posts.values_list("pk", flat=True)[0],
        "plan_line": line.pk,
        "upload": upload.pk,
        "call": call.pk,
        "scenario": keep_scenario(actor=fiona, plan=plan, facts=ScenarioFacts("Frieda")).pk,
    }


def _build_report(world: World) -> None:
    """A report of Kim's with its sections and figures, a draft under way and a released edition."""
    kim = world.cast.actor("kim")
    set_actor(kim.account_id)
    report = create_report(
        actor=kim,
        template=ReportTemplate.EVALUATION,
        organisation=Organisation.objects.get(pk=world.things["organisation"]),
        window=Period.of_days(date(2022, 1, 1), date(2022, 4, 21)),
        title="Frieda",
    )
    content = frozen(count_report(kim, plan_of(report)))
    edition = Edition.objects.create(
        report=report,
        organisation=report.organisation,
        number=1,
        title="Frieda",
        window_start=report.window_start,
        window_end=report.window_end,
        content=content,
        content_hash=content_hash("Frieda"),
        html=b"Frieda",
        pdf=b"Frieda",
        released_at=timezone.now(),
        released_by_id=world.cast.accounts["lena"],
    )
    figure = PlacedFigure.objects.filter(section__report=report).order_by("pk").first()
    assert figure is not None
    world.things |= {
        "comment": SectionComment.objects.create(
            section_id=figure.section_id, text="Frieda", written_by_id=kim.account_id
        ).pk,
        "report": report.pk,
        "section": figure.section_id,
        "figure": figure.pk,
        "data_set": load_data_set(
            actor=kim, content=b"Status\nFrieda\n", file_name="f.csv", title="Frieda", unit=Unit.PERSONS
        ).pk,
        "exploration": Exploration.objects.create(
            organisation=report.organisation,
            title="Frieda",
            question="figure=activities",
            figure="activities",
            definition="0" * 64,
            is_shared=True,
            kept_by_id=kim.account_id,
        ).pk,
        "build": order_build(actor=kim, report=report).pk,
        "edition": edition.pk,
        "publication": publish(kim, edition).pk,
        "schedule": keep_schedule(
            actor=kim,
            organisation_id=report.organisation_id,
            rhythm=Rhythm.QUARTERLY,
            title="Frieda",
            author_id=world.cast.accounts["kim"],
        ).pk,
    }


def _build_diary(world: World) -> None:
    """An entry, a favourite, a view and an import of Frieda's."""
    frieda, organisation = world.cast.accounts["frieda"], world.things["organisation"]
    set_actor(frieda)
    world.things["activity"] = Activity.objects.create(
        organisation_id=organisation,
        day=date(2022, 3, 7),
        kind_id=world.cast.categories["workshop"],
        done_by_id=frieda,
        entered_by_id=frieda,
    ).pk
    world.things["favourite"] = Favourite.objects.create(account_id=frieda, label="Frieda", line="workshop 2").pk
    world.things["view"] = SavedView.objects.create(account_id=frieda, label="Frieda", query="kind=1").pk
    actor = world.cast.actor("frieda")
    file = b"Datum;Art;Ort;Personen\n07.03.2022;Workshop;Siegburg;2\n31.02.2022;Workshop;Siegburg;2\n"
    tally = upload_tally(actor=actor, organisation_id=organisation, file_name="Frieda.csv", pieces=[file])
    read_tally(actor=actor, tally_id=tally.pk)
    check_tally(actor=actor, tally_id=tally.pk)
    world.things["import"] = tally.pk
