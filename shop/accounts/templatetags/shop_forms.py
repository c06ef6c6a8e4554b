"""Forms as they look everywhere: a label, the field, what helps, and what was wrong with it."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("forms/_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, and the errors of the whole."""
    return {"form": form}


@register.inclusion_tag("forms/_field.html")
def form_field(field: BoundField) -> dict[str, Any]:
    """One field, with its label."""
    widget = field.field.widget
    return {"field": field, "is_check": isinstance(widget, forms.CheckboxInput)}


@register.filter
def control(field: BoundField) -> SafeString:
    """The input itself. A label says what it is, so it has no placeholder."""
    widget = field.field.widget
    plain = isinstance(widget, forms.CheckboxInput | forms.RadioSelect)
    return field.as_widget(attrs={"class": "check" if plain else "field", "placeholder": False})
