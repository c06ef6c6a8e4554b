"""An invoice or credit note as PDF: the same bytes each time, since nothing in it changes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    LongTable,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from shop.addresses import PostalAddress
from shop.money import formatted
from shop.orders.amounts import rate_words, tax_by_rate
from shop.orders.invoices import fonts
from shop.orders.invoices.models import Invoice, Kind
from shop.orders.models import Order, OrderLine

MARGIN = 20 * mm
INK, SOFT, LINE = HexColor("#1c1a17"), HexColor("#5c5850"), HexColor("#d5d0c6")
LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})

TEXT = ParagraphStyle("text", fontName=fonts.NORMAL, fontSize=9, leading=12.5, textColor=INK)
SMALL = ParagraphStyle("small", TEXT, fontSize=7.5, leading=10.5, textColor=SOFT)
RIGHT = ParagraphStyle("right", TEXT, alignment=TA_RIGHT)
SMALL_RIGHT = ParagraphStyle("small-right", SMALL, alignment=TA_RIGHT)
HEAD = ParagraphStyle("head", TEXT, fontName=fonts.BOLD, fontSize=15, leading=20)


def render_invoice(invoice: Invoice) -> bytes:
    """The PDF, in the language of the order."""
    with translation.override(invoice.language), timezone.override(None):
        return _Sheet(invoice).build()


class _Sheet:
    """One document as it is put together."""

    def __init__(self, invoice: Invoice) -> None:
        fonts.register()
        self.invoice = invoice
        self.order: Order = invoice.order
        self.lines: list[OrderLine] = list(self.order.lines.all())
        self.is_credit = invoice.kind == Kind.CREDIT
        self.size = LETTER if invoice.seller.get("country") in LETTER_COUNTRIES else A4
        self.width = self.size[0] - 2 * MARGIN
        self.title = _("Credit note") if self.is_credit else _("Invoice")

    def build(self) -> bytes:
        out = io.BytesIO()
        document = BaseDocTemplate(
            out,
            pagesize=self.size,
            invariant=1,  # no time, no random identifier
            title=f"{self.title} {self.invoice.number}",
            author=self.invoice.seller["address"][0],
            lang=self.invoice.language,
        )
        frame = Frame(
            *(MARGIN, 22 * mm, self.width, self.size[1] - 22 * mm - 24 * mm),
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        document.addPageTemplates([PageTemplate("page", [frame])])
        document.build(self._story(), canvasmaker=self._numbered())
        return out.getvalue()

    def _numbered(self) -> type[Canvas]:
        """A canvas that writes the heads and feet of all pages when it knows how many there are."""
        sheet = self

        class Numbered(Canvas):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.pages: list[dict[str, Any]] = []

            def showPage(self) -> None:
                self.pages.append(dict(self.__dict__))
                self._startPage()

            def save(self) -> None:
                for page in self.pages:
                    self.__dict__.update(page)
                    sheet._frame(self, page["_pageNumber"], len(self.pages))
                    super().showPage()
                super().save()

        return Numbered

    def _frame(self, canvas: Canvas, page: int, pages: int) -> None:
        seller = self.invoice.seller
        rest = [seller["tax_number"] and _("Tax number") + f" {seller['tax_number']}"]
        words = " · ".join(filter(None, [*seller["address"], *rest]))
        place = _("Page %(page)d of %(pages)d") % {"page": page, "pages": pages}
        self._row(canvas, 10 * mm, words, place)
        if page > 1:
            self._row(
                canvas,
                self.size[1] - 20 * mm,
                f"{self.title} {self.invoice.number}",
                seller["address"][0],
            )

    def _row(self, canvas: Canvas, height: float, left: str, right: str) -> None:
        for words, style, x, share in ((left, SMALL, 0.0, 0.72), (right, SMALL_RIGHT, 0.74, 0.26)):
            paragraph = _words(words, style)
            paragraph.wrap(self.width * share, 10 * mm)
            paragraph.drawOn(canvas, MARGIN + self.width * x, height)

    # --- What the pages say -------------------------------------------------------------------

    def _story(self) -> list[Flowable]:
        return [
            self._parties(),
            Spacer(1, 12 * mm),
            _words(f"{self.title} {self.invoice.number}", HEAD),
            Spacer(1, 3 * mm),
            self._facts(),
            Spacer(1, 7 * mm),
            self._goods(),
            Spacer(1, 4 * mm),
            KeepTogether([self._totals(), Spacer(1, 6 * mm), *self._taxes(), *self._notes()]),
        ]

    def _parties(self) -> Flowable:
        seller = self.invoice.seller
        buyer = [_words(line, TEXT) for line in self.invoice.buyer["address"]]
        told = [
            *seller["address"][1:],
            seller["email"],
            seller["phone"],
            seller["tax_number"] and _("Tax number") + f": {seller['tax_number']}",
        ]
        name = ParagraphStyle("name", RIGHT, fontName=fonts.BOLD)
        right = [
            _words(seller["address"][0], name),
            *(_words(line, SMALL_RIGHT) for line in told if line),
        ]
        return self._table([[buyer, right]], [0.55, 0.45])

    def _facts(self) -> Flowable:
        order = self.order
        facts = [
            (_("Date"), _day(self.invoice.issued_at)),
            (_("Order"), _("%(number)s of %(date)s") % self._order_words()),
        ]
        if self.is_credit:
            taken_back = order.invoices.filter(kind=Kind.INVOICE).first()
            if taken_back is not None:
                words = {"number": taken_back.number, "date": _day(taken_back.issued_at)}
                facts.append((_("Takes back invoice"), _("%(number)s of %(date)s") % words))
        elif order.shipping != order.billing:
            lines = PostalAddress.from_dict(order.shipping).lines(self.invoice.language)
            facts.append((_("Delivered to"), ", ".join(lines)))
        rows = [[_words(name, SMALL), _words(value, TEXT)] for name, value in facts]
        return self._table(rows, [0.22, 0.78])

    def _order_words(self) -> dict[str, str]:
        return {"number": self.order.number, "date": _day(self.order.placed_at)}

    def _goods(self) -> Flowable:
        heads = [_("Item"), _("Quantity"), _("Price"), _("Tax"), _("Amount")]
        rows: list[list[Any]] = [
            [_words(head, SMALL_RIGHT if place else SMALL) for place, head in enumerate(heads)]
        ]
        for line in self.lines:
            options = ", ".join(f"{name}: {value}" for name, value in line.options)
            below = " · ".join(filter(None, [options, _("SKU %(sku)s") % {"sku": line.sku}]))
            rows.append(
                [
                    [_words(line.title, TEXT), _words(below, SMALL)],
                    _words(str(line.quantity), RIGHT),
                    _words(self._money(line.unit_price), RIGHT),
                    _words(_percent(line.tax_rate), RIGHT),
                    _words(self._money(line.amount), RIGHT),
                ]
            )
        table = LongTable(
            rows, colWidths=self._columns([0.46, 0.1, 0.17, 0.09, 0.18]), repeatRows=1
        )
        table.setStyle(
            TableStyle(
                [
                    *_TIGHT,
                    ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
                    ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
                    ("TOPPADDING", (0, 1), (-1, -1), 4),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ]
            )
        )
        return table

    def _totals(self) -> Flowable:
        order = self.order
        rows = [(_("Goods"), order.subtotal)]
        if order.discount:
            name = _("Discount (%(code)s)") % {"code": order.voucher_code}
            rows.append((name if order.voucher_code else _("Discount"), -order.discount))
        name = _("Delivery (%(name)s)") % {"name": order.delivery_name}
        rows.append((name if order.delivery_name else _("Delivery"), order.delivery))
        if not order.prices_include_tax:
            rows.append((_("Tax"), order.tax))
        cells = [[_words(name, RIGHT), _words(self._money(amount), RIGHT)] for name, amount in rows]
        bold = ParagraphStyle("bold", RIGHT, fontName=fonts.BOLD, fontSize=11, leading=15)
        cells.append([_words(_("Total"), bold), _words(self._money(order.total), bold)])
        line = ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK)
        return self._table(cells, [0.7, 0.3], line, ("TOPPADDING", (0, -1), (-1, -1), 4))

    def _taxes(self) -> list[Flowable]:
        """On what each rate was paid, and how much."""
        rates = tax_by_rate(self.order, self.lines)
        heads = [_("Tax rate"), _("Net"), _("Tax"), _("Gross")]
        rows = [[_words(head, SMALL_RIGHT) for head in heads]]
        for one in rates:
            amounts = (one.net, one.tax, one.net + one.tax)
            rows.append(
                [
                    _words(_percent(one.rate), RIGHT),
                    *(_words(self._money(amount), RIGHT) for amount in amounts),
                ]
            )
        if not rates:
            return []
        below = ("LINEBELOW", (0, 0), (-1, 0), 0.4, LINE)
        return [self._table(rows, [0.25, 0.25, 0.25, 0.25], below), Spacer(1, 7 * mm)]

    def _notes(self) -> list[Flowable]:
        included = self.order.prices_include_tax
        notes = [_("Prices include tax.") if included else _("Prices are without tax.")]
        if self.is_credit:
            notes.append(_("The amount was given back."))
        elif self.order.paid_at is not None:
            notes.append(_("Paid on %(date)s. Thank you.") % {"date": _day(self.order.paid_at)})
        return [_words(note, TEXT) for note in notes]

    # --- How -----------------------------------------------------------------------------------

    def _money(self, amount: Decimal) -> str:
        return formatted(-amount if self.is_credit else amount, self.order.currency)

    def _columns(self, shares: Sequence[float]) -> list[float]:
        return [self.width * share for share in shares]

    def _table(
        self, rows: Sequence[Sequence[Any]], shares: Sequence[float], *style: tuple[Any, ...]
    ) -> Table:
        table = Table(rows, colWidths=self._columns(shares))
        table.setStyle(TableStyle([*_TIGHT, *style]))
        return table


_TIGHT: list[tuple[Any, ...]] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]


def _words(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(fonts.marked(str(text)), style)


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def _percent(rate: Decimal) -> str:
    return f"{rate_words(rate)} %"
