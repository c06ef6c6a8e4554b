"""The contact page, and the demo's mailbox."""

from django.urls import path

from shop.mail import views

app_name = "mail"
urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/thanks/", views.contact_thanks, name="contact_thanks"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<int:mail_id>/", views.mail, name="mail"),
    path("mailbox/<int:mail_id>/html/", views.mail_html, name="mail_html"),
    path(
        "mailbox/<int:mail_id>/files/<int:attachment_id>/",
        views.attachment,
        name="mail_attachment",
    ),
]
