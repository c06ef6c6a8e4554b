"""The form of a review."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.reviews.models import Review

STARS = {
    5: _("5 stars: excellent"),
    4: _("4 stars: good"),
    3: _("3 stars: all right"),
    2: _("2 stars: poor"),
    1: _("1 star: bad"),
}


class ReviewForm(forms.ModelForm):
    """What a buyer says."""

    rating = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=list(STARS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose from one to five stars.")},
    )

    class Meta:
        model = Review
        fields = ("rating", "title", "text", "name")
        labels = {
            "title": _("In one line (optional)"),
            "text": _("Your review (optional)"),
            "name": _("Your name, as it is shown (optional)"),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "name": forms.TextInput(attrs={"autocomplete": "nickname"}),
        }
