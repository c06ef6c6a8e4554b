"""Pages in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, path

from shop.exchange import export_views, import_views, upload_view
from shop.exchange.access import View

app_name = "exchange"


def page(route: str, view: View, name: str) -> URLPattern:
    return path(route, admin.site.admin_view(view), name=name)


urlpatterns = [
    page("import/", upload_view.imports, "imports"),
    page("import/example.csv", upload_view.example, "example"),
    page("import/<int:pk>/", import_views.detail, "import"),
    page("import/<int:pk>/state/", import_views.state, "import_state"),
    page("import/<int:pk>/check/", import_views.check_again, "import_check"),
    page("import/<int:pk>/start/", import_views.start, "import_start"),
    page("import/<int:pk>/stop/", import_views.stop, "import_stop"),
    page("import/<int:pk>/discard/", import_views.discard, "import_discard"),
    page("import/<int:pk>/preview.csv", import_views.preview_file, "import_preview"),
    page("import/<int:pk>/report.csv", import_views.report_file, "import_report"),
    page("export/", export_views.exports, "exports"),
    page("export/<int:pk>/", export_views.detail, "export"),
    page("export/<int:pk>/state/", export_views.state, "export_state"),
    page("export/<int:pk>/stop/", export_views.stop, "export_stop"),
    page("export/<int:pk>/file/", export_views.download, "export_file"),
]
