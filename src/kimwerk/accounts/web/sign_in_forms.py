"""The sign-in library's forms in our words: labels instead of placeholders, hints that help."""

from __future__ import annotations

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kimwerk.accounts.models import Account

PASSWORD_HINT = _("At least 12 characters. A sentence that only you think of is better than a jumble of signs.")
CODE_HINT = _("Six digits from your app, or one of your emergency codes.")
NAME_LENGTH = 60


def _worded(form: forms.Form, **words: tuple[object, object]) -> None:
    """Give fields their label and hint, and take the placeholders away."""
    for name, (label, hint) in words.items():
        form.fields[name].label, form.fields[name].help_text = str(label), str(hint)
        form.fields[name].widget.attrs.pop("placeholder", None)


def _as_code(field: forms.Field, *, digits_only: bool) -> None:
    field.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
    if digits_only:
        field.widget.attrs["inputmode"] = "numeric"


class SignIn(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, login=(_("E-mail address"), ""), password=(_("Password"), ""))
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}
        self.fields["login"].error_messages["required"] = str(_("Enter the address your invitation went to."))
        self.fields["password"].error_messages["required"] = str(_("Enter your password."))


class ChangePassword(ChangePasswordForm):
    """The present password, and the new one twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self,
            oldpassword=(_("Present password"), ""),
            password1=(_("New password"), PASSWORD_HINT),
            password2=(_("New password, once more"), ""),
        )


class ConfirmPassword(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, password=(_("Password"), ""))


class Code(AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, code=(_("Code"), CODE_HINT))
        _as_code(self.fields["code"], digits_only=False)
        self.fields["code"].widget.attrs["autofocus"] = True


class ConfirmCode(ReauthenticateByCodeForm):
    """The second factor once more, before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, code=(_("Code"), CODE_HINT))
        _as_code(self.fields["code"], digits_only=False)


class ActivateApp(ActivateTOTPForm):
    """The first code of a new app proves that it was set up rightly."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, code=(_("Code from the app"), _("Six digits. They change every 30 seconds.")))
        _as_code(self.fields["code"], digits_only=True)


class AddPasskey(AddWebAuthnForm):
    """A name for the passkey, and whether it alone is enough to sign in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self,
            name=(_("Name"), _("So that you recognise it later, such as the name of the device.")),
            passwordless=(
                _("Sign in with this passkey alone, without a password"),
                _("The device then asks for fingerprint, face or PIN."),
            ),
        )
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH
        self.fields["passwordless"].initial = True


class RenamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, name=(_("Name"), ""))
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH


class AcceptInvitation(forms.Form):
    """The first password, or a new one, twice. The address is there for the password store of the browser."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"readonly": True, "autocomplete": "username"}),
        help_text=_("You sign in with this address."),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("Password, once more"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, data: object, *, account: Account) -> None:
        super().__init__(data, initial={"email": account.email})  # type: ignore[arg-type]  # QueryDict or None
        self.account = account
        self.fields["email"].disabled = True

    def clean_password(self) -> str:
        """The rules for passwords, with the account's own names among what is too easy."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password

    def clean_repeated(self) -> str:
        """Both must be the same."""
        repeated: str = self.cleaned_data["repeated"]
        if "password" in self.cleaned_data and repeated != self.cleaned_data["password"]:
            raise ValidationError(_("The two passwords differ. Type the same one twice."))
        return repeated
