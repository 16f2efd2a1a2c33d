from resolutionflow.platform.errors import Conflict, Forbidden, Invalid, NotAuthenticated


class SignInRefused(NotAuthenticated):
    """One message for every cause, so that nobody learns which addresses exist."""

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is not right.")


class EmailTaken(Conflict):
    code = "email_taken"

    def __init__(self, detail: str = "There is already somebody with this e-mail address. Sign in instead.") -> None:
        super().__init__(detail)


class LastOwner(Conflict):
    code = "last_owner"

    def __init__(self) -> None:
        super().__init__("An account needs an active owner. Make somebody else an owner first.")


class InvitationSpent(Conflict):
    code = "invitation_spent"

    def __init__(self) -> None:
        super().__init__("This invitation was used, withdrawn, or is older than three days. Ask for a new one.")


class UnknownInvitation(Invalid):
    def __init__(self) -> None:
        super().__init__("This is not an invitation we know. Check that the whole link was copied.")


class RegistrationClosed(Forbidden):
    code = "registration_closed"

    def __init__(self) -> None:
        super().__init__("New accounts cannot be made here. Ask somebody of your team for an invitation.")


class OwnersOnly(Forbidden):
    def __init__(self) -> None:
        super().__init__("Only an owner may make, change or remove an owner.")


class CrossSite(Forbidden):
    def __init__(self) -> None:
        super().__init__("This request came from another site.")


class WrongPassword(Invalid):
    """The current password of somebody who is signed in; said at its field."""

    def __init__(self) -> None:
        detail = "The current password is not right."
        super().__init__(detail, errors=[{"loc": ["body", "current_password"], "msg": detail}])
