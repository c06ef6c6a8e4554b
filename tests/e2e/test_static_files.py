"""Stylesheets that were made smaller say the same. (That scripts run, all tests here say.)"""

from pathlib import Path

from django.contrib.staticfiles import finders

from shop import stylesheet
from tests.e2e.conftest import OpenPage

RULES = """async ([whole, address]) => {
    const rules = (text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        // As the browser read it, but for spaces in values that wait for a variable.
        return [...sheet.cssRules].map(({ cssText }) => cssText.replace(/\\s+/g, " ")
            .replace(/([,:(]) /g, "$1").replace(/ \\)/g, ")"));
    };
    return [rules(whole), rules(await (await fetch(address)).text())];
}"""


def test_the_small_stylesheet_has_the_same_rules(open_page: OpenPage) -> None:
    page = open_page("/contact/")
    address = page.locator("link[rel=stylesheet]").get_attribute("href")

    whole = Path(finders.find(stylesheet.NAME) or "").read_text()
    written, served = page.evaluate(RULES, [whole, address])

    assert len(written) > 300
    assert served == written
