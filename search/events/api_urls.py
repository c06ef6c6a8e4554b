from django.urls import path

from search.events.api import EventsView
from search.events.for_you_api import ForYouView

urlpatterns = [
    path("events/", EventsView.as_view(), name="api-events"),
    path("for-you/", ForYouView.as_view(), name="api-for-you"),
]
