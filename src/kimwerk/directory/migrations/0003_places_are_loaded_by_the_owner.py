"""Places and the installation are facts that the operator brings in: the web role only reads them."""

from django.db import migrations

TABLES = "directory_district, directory_municipality, directory_installation"


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_walls")]
    operations = [
        migrations.RunSQL(
            f"revoke insert, update, delete on {TABLES} from kimwerk_app",
            reverse_sql=f"grant insert, update, delete on {TABLES} to kimwerk_app",
        )
    ]
