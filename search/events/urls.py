from django.urls import path

from search.events.views import for_you_page

app_name = "for-you"
urlpatterns = [path("", for_you_page, name="page")]
