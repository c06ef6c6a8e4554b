"""Which language a visitor reads: their choice in the footer, which a cookie keeps."""

from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

# Exempt: the form stands on every page, and a token in it would make every page its visitor's own,
# with a cookie each. What another site could do with it is to have the shop speak German.
choose_language = csrf_exempt(set_language)
