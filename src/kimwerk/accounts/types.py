"""The vocabulary of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kimwerk.access.roles import Role


class RoleLabel(models.TextChoices):
    """The roles under the names the field uses."""

    CASE_MANAGER = Role.CASE_MANAGER.value, _("Case manager")
    CASE_MANAGEMENT_COORDINATION = Role.CASE_MANAGEMENT_COORDINATION.value, _("Case management coordination")
    KIM_COORDINATION = Role.KIM_COORDINATION.value, _("KIM coordination")
    ADMINISTRATIVE_ASSISTANT = Role.ADMINISTRATIVE_ASSISTANT.value, _("Administrative assistant")
    KI_LEADERSHIP = Role.KI_LEADERSHIP.value, _("KI leadership")
    FINANCE_OFFICER = Role.FINANCE_OFFICER.value, _("Finance officer")
    PARTNER_OFFICE = Role.PARTNER_OFFICE.value, _("Partner office")
    PARTNER_AGENCY = Role.PARTNER_AGENCY.value, _("Partner agency")
    STEERING_GROUP_MEMBER = Role.STEERING_GROUP_MEMBER.value, _("Steering group member")
    DATA_PROTECTION_OFFICER = Role.DATA_PROTECTION_OFFICER.value, _("Data protection officer")
    SYSTEM_ADMINISTRATOR = Role.SYSTEM_ADMINISTRATOR.value, _("System administrator")


class ClosingReason(models.TextChoices):
    """Why an account was closed."""

    LEFT = "left", _("No longer employed")
    DORMANT = "dormant", _("Not used for a long time")
    MISUSE = "misuse", _("Suspected misuse")
