"""Declarations and disclosures ask the walls for who is entrusted, as the files of persons do."""

from collections.abc import Callable

from django.db import migrations

from kimwerk.access.walls import wall_again
from kimwerk.persons.walls import formerly_in_care, formerly_kept, in_care, kept

RECEIVED = "recipient_id = any((select walls.organisations('disclosure.receive', 'referral.answer'))::bigint[])"
SHARED = (
    f"disclosure_id in (select d.id from consent_disclosure d where d.{RECEIVED} and d.recalled_at is null"
    " and (d.share_ends_on is null or d.share_ends_on >= consent_local_day(statement_timestamp())))"
)
REVIEWED = (
    "statutory_basis_id is not null"
    " and organisation_id = any((select walls.organisations('disclosure.review'))::bigint[])"
)
DECLARED = ("consent_declaration", "consent_declarationproof", "consent_grant")
DISCLOSED = ("consent_disclosurecontent", "vault_disclosurekey")


def _walls(in_care: Callable[[str], str], kept: Callable[[str], str]) -> str:
    file, disclosed = in_care("consent_disclosure.person_id"), kept("consent_disclosure.person_id")
    return "".join(
        (
            f"""
            alter policy consent_disclosure_read on consent_disclosure using ({file} or {RECEIVED} or {REVIEWED});
            alter policy consent_disclosure_insert on consent_disclosure with check ({disclosed});
            alter policy consent_disclosure_update on consent_disclosure
              using ({disclosed} or {RECEIVED}) with check ({disclosed} or {RECEIVED});
            alter policy consent_disclosure_delete on consent_disclosure using ({disclosed});
            """,
            *(
                wall_again(table, read=in_care(f"{table}.person_id"), write=kept(f"{table}.person_id"))
                for table in DECLARED
            ),
            *(
                wall_again(table, read=f"{in_care(f'{table}.person_id')} or {SHARED}", write=kept(f"{table}.person_id"))
                for table in DISCLOSED
            ),
        )
    )


class Migration(migrations.Migration):
    dependencies = [("consent", "0007_list_disclosure_walls"), ("persons", "0012_entrusted")]
    operations = [
        migrations.RunSQL(_walls(in_care, kept), reverse_sql=_walls(formerly_in_care, formerly_kept)),
    ]
