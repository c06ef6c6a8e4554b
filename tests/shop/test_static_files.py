"""One stylesheet of many files, and modules that name each other as they are stored."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.templatetags.static import static
from django.test import RequestFactory

from shop import stylesheet

# Of a page that is printed, and of the style guide.
ELSEWHERE = {"packing-list.css", "styleguide.css"}


def admin_sheets() -> set[str]:
    return {path.name for path in stylesheet.FOLDER.glob("admin*.css")}


def test_every_file_is_in_the_sheet() -> None:
    files = {path.name for path in stylesheet.FOLDER.glob("*.css")}

    assert set(stylesheet.FILES) == files - ELSEWHERE - admin_sheets()
    assert len(stylesheet.FILES) == len(set(stylesheet.FILES))
    assert stylesheet.FILES[0] == "tokens.css"


def test_every_sheet_of_the_admin_is_on_its_pages(
    settings: LazySettings, rf: RequestFactory
) -> None:
    linked = [style(rf.get("/admin/")) for style in settings.UNFOLD["STYLES"]]

    assert sorted(linked) == sorted(static(f"css/{name}") for name in admin_sheets())


def test_the_sheet_has_all_in_order() -> None:
    found = finders.find(stylesheet.NAME)

    assert found
    sheet = Path(found).read_text()
    places = [sheet.index((stylesheet.FOLDER / name).read_text()) for name in stylesheet.FILES]
    assert places == sorted(places)


def test_a_changed_file_is_in_the_sheet_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.css").write_text("p { margin: 0 }")
    monkeypatch.setattr(stylesheet, "FOLDER", tmp_path)
    monkeypatch.setattr(stylesheet, "FILES", ("one.css",))
    finder = stylesheet.StylesheetFinder()
    before = Path(finder.find(stylesheet.NAME) or "").read_text()

    (tmp_path / "one.css").write_text("p { margin: 1px }")

    after = Path(finder.find(stylesheet.NAME) or "").read_text()
    assert "margin: 0" in before
    assert "margin: 1px" in after
    assert finder.find("css/other.css") in (None, [])


def test_what_is_collected_names_hashed_files(tmp_path: Path, settings: LazySettings) -> None:
    (tmp_path / "source" / "js").mkdir(parents=True)
    (tmp_path / "source" / "js" / "one.js").write_text("export const one = 1;\n")
    (tmp_path / "source" / "js" / "two.js").write_text(
        '// Two.\nimport { one } from "./one.js";\nexport { one } from "./one.js";\n\n'
        "if (one) {\n  // That is so.\n  console.log(one); // one\n}\n"
    )
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "shop.stylesheet.StylesheetFinder",
    ]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "shop.static_storage.SmallStorage"}
    }
    finders.get_finder.cache_clear()

    call_command("collectstatic", interactive=False, verbosity=0)

    finders.get_finder.cache_clear()
    (two,) = (tmp_path / "collected" / "js").glob("two.*.js")
    assert re.findall(r'"\./one\.[0-9a-f]{12}\.js"', two.read_text()) != []
    assert '"./one.js"' not in two.read_text()
    assert two.read_text().endswith("if(one){console.log(one);}")
    (sheet,) = (tmp_path / "collected" / "css").glob("shop.*.css")
    assert "/*" not in sheet.read_text()
    assert sheet.with_suffix(".css.gz").exists()
