"""What the demo's people allowed: something of everything, and all of it covered."""

from __future__ import annotations

from collections.abc import Callable

Ask = Callable[[str], list[tuple[object, ...]]]


def test_consent_shows_something_everywhere(demo: Ask) -> None:
    def count(question: str) -> object:
        return demo(f"select count(*) from {question}")[0][0]

    for thing in (
        "consent_consenttext where state = 'in_force'",
        "consent_declaration where answer = 'refused'",
        "consent_declaration where withdrawn_at is not null",
        "consent_grant where withdrawn_at is not null",
        "consent_disclosure where statutory_basis_id is not null",
        "consent_disclosure where first_read_at is not null and recalled_at is not null",
        "consent_recipientgroupmember",
    ):
        assert count(thing), f"the demo shows no {thing}"
    assert count("vault_disclosurekey") == count("consent_disclosure") == count("consent_disclosurecontent")
    assert demo(
        "select 1 from consent_disclosure d join consent_grant g on g.id = d.grant_id"
        " where not g.categories @> d.categories or (d.disclosed_at at time zone 'Europe/Berlin')::date < g.valid_from"
    ) == []  # fmt: skip


def test_what_was_passed_on_lies_in_several_months_and_within_its_consent(demo: Ask) -> None:
    assert demo(
        "select count(distinct date_trunc('month', disclosed_at)) > 1, count(distinct disclosed_at::date) > 6"
        " from consent_disclosure"
    ) == [(True, True)]
    assert demo(
        "select count(distinct date_trunc('month', disclosed_at)) > 1 from consent_disclosure"
        " where statutory_basis_id is not null"
    ) == [(True,)]
    assert (
        demo(
            "select r.sent_at, d.disclosed_at from casework_referral r join consent_disclosure d on d.id = r.asking_id"
            " where r.sent_at::date <> d.disclosed_at::date"
        )
        == []
    )
