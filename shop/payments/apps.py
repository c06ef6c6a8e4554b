from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "shop.payments"
    verbose_name = _("Payments")

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.orders.signals import state_changed
        from shop.payments import checks, receivers  # noqa: F401  (registers itself)

        roles.grant(
            roles.FULFILMENT,
            *("payments.view_payment", "payments.view_refund", "payments.view_gatewayevent"),
            *("payments.change_refund", "payments.change_gatewayevent"),
        )
        roles.grant(roles.SUPPORT, "payments.view_payment", "payments.view_refund")
        state_changed.connect(receivers.give_up_payments, dispatch_uid="give-up-payments")
