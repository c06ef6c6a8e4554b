import django.db.models.manager
from django.db import migrations

# What the merchant looks for among all orders. The expressions are those of
# `shop.fulfilment.finding`; shoppers' pages need none of these indexes.
INDEXES = """
CREATE INDEX fulfilment_order_placed ON orders_order (placed_at DESC, id DESC);
CREATE INDEX fulfilment_order_email ON orders_order (lower(email) text_pattern_ops);
CREATE INDEX fulfilment_order_tracking ON orders_order (upper(tracking_number) text_pattern_ops)
    WHERE tracking_number <> '';
CREATE INDEX fulfilment_order_names ON orders_order USING gin (to_tsvector('simple',
    coalesce(shipping ->> 'name', '') || ' ' || coalesce(shipping ->> 'company', '') || ' ' ||
    coalesce(billing ->> 'name', '') || ' ' || coalesce(billing ->> 'company', '')));
CREATE INDEX fulfilment_line_sku ON orders_orderline (upper(sku) text_pattern_ops);
"""

UNDO = """
DROP INDEX fulfilment_order_placed;
DROP INDEX fulfilment_order_email;
DROP INDEX fulfilment_order_tracking;
DROP INDEX fulfilment_order_names;
DROP INDEX fulfilment_line_sku;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="HandledOrder",
            fields=[],
            options={
                "verbose_name": "order in hand",
                "verbose_name_plural": "orders in hand",
                "permissions": [
                    ("fulfil_order", "Can pack and ship orders and take back what was sent"),
                    ("cancel_order", "Can cancel orders"),
                    ("refund_order", "Can give money back"),
                    ("mark_paid", "Can mark orders as paid"),
                    ("note_order", "Can write notes on orders and send their mails again"),
                    ("export_orders", "Can export orders with their addresses"),
                ],
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("orders.order",),
        ),
        migrations.RunSQL(INDEXES, UNDO),
    ]
