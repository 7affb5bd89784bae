"""Beside the evaluation, the statistics of the Land can be begun, also on a schedule."""

from django.db import migrations, models

CHOICES = [("evaluation", "evaluation"), ("land_statistics", "land_statistics")]
KNOWN = ["evaluation", "land_statistics"]


class Migration(migrations.Migration):
    dependencies = [("reporting", "0015_three_dimensions")]

    operations = [
        migrations.AlterField("report", "template", models.CharField(choices=CHOICES, max_length=40)),
        migrations.AlterField("reportschedule", "template", models.CharField(choices=CHOICES, max_length=40)),
        migrations.RemoveConstraint("report", "report_template_is_known"),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(condition=models.Q(("template__in", KNOWN)), name="report_template_is_known"),
        ),
        migrations.RemoveConstraint("reportschedule", "report_schedule_template_is_known"),
        migrations.AddConstraint(
            "reportschedule",
            models.CheckConstraint(
                condition=models.Q(("template__in", KNOWN)), name="report_schedule_template_is_known"
            ),
        ),
    ]
