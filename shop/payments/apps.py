from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "shop.payments"

    def ready(self) -> None:
        from shop.orders.signals import state_changed
        from shop.payments import checks, receivers  # noqa: F401  (registers itself)

        state_changed.connect(receivers.give_up_payments, dispatch_uid="give-up-payments")
