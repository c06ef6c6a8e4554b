"""Steps of a login."""

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage as BaseEmailVerificationStage


class EmailVerificationStage(BaseEmailVerificationStage):
    """As allauth's, but whoever has no address at all has none to confirm.

    Only a command makes such users, at the server; a sign-up needs an address.
    """

    def handle(self):  # type: ignore[no-untyped-def]
        user = self.login.user
        if user and not user.email and not EmailAddress.objects.filter(user_id=user.pk).exists():
            return None, True
        return super().handle()
