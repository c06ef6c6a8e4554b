"""`/api/v1/search/`: the same search as the page, in the documented shape."""

import io
import json

import pytest
from django.db import OperationalError
from django.test import Client
from PIL import Image

from search import router
from search.models import EmbeddingModel
from search.throttles import SearchThrottle
from tests.factories import CategoryFactory, ProductFactory, picture_bytes, upload
from tests.search.colors.stored import paint
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db

URL = "/api/v1/search/"


def test_a_result_says_all_that_an_app_shows(client: Client) -> None:
    model = make_model()
    asked = ProductFactory(images=1)
    found = ProductFactory(
        title="Red boots",
        category=CategoryFactory(name="Boots"),
        variants=[{"sku": "RB-1", "price": "89.50", "stock": 2}],
        images=1,
    )
    embed_image(asked.images.get(), model, unit(1))
    embed_image(found.images.get(), model, unit(1))
    paint(found.images.get(), red=900)

    data = client.get(URL, {"like": asked.slug}).json()

    (result,) = data.pop("results")
    assert isinstance(result.pop("score"), float)
    assert result == {
        "sku": "RB-1",
        "handle": found.slug,
        "title": "Red boots",
        "category": "boots",
        "price": "89.50",
        "in_stock": True,
        "image": f"http://testserver{found.images.get().image.url}",
        "url": f"http://testserver/product/{found.slug}/",
        "swatches": [
            {
                "hex": "#c8232c",
                "name": "red",
                "share": 0.9,
                "image": f"http://testserver{found.images.get().image.url}",
            }
        ],
    }
    assert len(data.pop("query_id")) == 32
    assert data == {
        "total": 1,
        "total_relation": "eq",
        "page": 1,
        "pages": 1,
        "next": None,
        "previous": None,
        "facets": {
            "category": [{"value": "boots", "label": "Boots", "count": 1}],
            "brand": [{"value": found.brand, "label": found.brand, "count": 1}],
            "picture_color": [{"value": "red", "label": "red", "count": 1}],
        },
        "faceted": 1,
        "nothing_close": False,
        "corrected": {},
        "notice": "",
    }


def test_get_form_and_json_ask_the_same(client: Client) -> None:
    ProductFactory(title="Red boots")

    answers = [
        client.get(URL, {"q": "boots"}),
        client.post(URL, {"q": "boots"}),
        client.post(URL, json.dumps({"q": "boots"}), content_type="application/json"),
    ]

    assert {answer.status_code for answer in answers} == {200}
    first, *others = (answer.json() for answer in answers)
    assert all(other | {"query_id": first["query_id"]} == first for other in others)


def test_a_photo_is_searched(client: Client, vitrine_mini: EmbeddingModel) -> None:
    ProductFactory(images=1)

    answer = client.post(URL, {"image": upload(picture_bytes())})

    assert answer.status_code == 200
    assert answer.json()["total"] == 1


def test_pages_follow_by_next(client: Client) -> None:
    boots = CategoryFactory(name="Boots")
    for _ in range(30):
        ProductFactory(category=boots)

    first = client.get(URL, {"category": "boots"}).json()
    second = client.get(first["next"]).json()

    handles = [result["handle"] for result in first["results"] + second["results"]]
    assert len(set(handles)) == 30
    assert second["next"] is None
    assert second["previous"].endswith("page=1")


@pytest.mark.parametrize(
    ("data", "status", "field"),
    [
        ({}, 400, "detail"),
        ({"q": "x" * 10_000}, 400, "q"),
        ({"q": "a\x00b"}, 400, "q"),
        ({"q": "x", "category": "nowhere"}, 400, "category"),
        ({"q": "x", "picture_color": "reddish"}, 400, "picture_color"),
        ({"q": "x", "price_min": "-3"}, 400, "price_min"),
        ({"q": "x", "page": "1000000000"}, 400, "page"),
    ],
)
def test_bad_input_is_a_problem_that_names_the_field(
    client: Client, data: dict, status: int, field: str
) -> None:
    answer = client.get(URL, data)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status and problem["detail"]
    assert field in problem["errors"]


def test_a_text_file_as_photo_is_a_problem(client: Client) -> None:
    answer = client.post(URL, {"image": upload(b"just words", name="photo.jpg")})

    assert answer.status_code == 400
    assert "not a picture" in answer.json()["errors"]["image"][0]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ('{"q":', "application/json", 400),
        ('["q"]', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"q": ["a"]}', "application/json", 400),
        ('{"q": "a", "image": "aGVsbG8="}', "application/json", 400),
        ("&".join(f"a{n}=1" for n in range(2000)), "application/x-www-form-urlencoded", 400),
        ('{"q": "\\ud800"}', "application/json", 400),
        ('{"q": {"a": 1}, "page": [2], "price_min": true}', "application/json", 400),
        ("<q/>", "text/xml", 415),
        ("--x\r\nbroken", "multipart/form-data; boundary=x", 400),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(
    client: Client, body: str, content_type: str, status: int
) -> None:
    answer = client.post(URL, body, content_type=content_type)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_next_of_a_post_asks_the_same(client: Client) -> None:
    boots = CategoryFactory(name="Boots")
    for _ in range(30):
        ProductFactory(category=boots)
    ProductFactory()

    first = client.post(URL, {"category": "boots", "in_stock": "true"}).json()
    second = client.get(first["next"]).json()

    assert (first["total"], second["total"], second["page"]) == (30, 30, 2)


def test_with_the_database_down_it_is_a_503_that_says_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("search.api.search", down)

    answer = client.get(URL, {"q": "x"})

    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "connection" not in answer.json()["detail"]


def test_a_request_without_end_is_refused(client: Client, settings) -> None:
    settings.IMAGE_MAX_BYTES = 1000

    answer = client.post(URL, {"image": upload(b"x" * 20_000)})

    assert answer.status_code == 413
    assert answer.json()["type"] == "too_large"


def test_too_many_requests_are_told_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchThrottle, "THROTTLE_RATES", {"search": "1/min", "photo": "1/min"})
    client.get(URL, {"q": "x"})

    # The page and the API count together, whatever a client says of its address.
    answer = client.get(URL, {"q": "x"}, headers={"X-Forwarded-For": "10.9.8.7"})

    assert client.get("/search/", {"q": "x"}).status_code == 429
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json"


def test_the_schema_describes_it(client: Client) -> None:
    answer = client.get("/api/v1/schema/", headers={"Accept": "application/json"})

    schema = json.loads(answer.content)
    operations = schema["paths"]["/api/v1/search/"]
    assert set(operations) == {"get", "post"}
    names = {parameter["name"] for parameter in operations["get"]["parameters"]}
    assert {"q", "like", "category", "price_min", "price_max", "in_stock", "page"} <= names
    assert "multipart/form-data" in operations["post"]["requestBody"]["content"]
    assert {"brand", "explain"} <= names
    assert "attribute" in operations["get"]["description"]
    assert schema["components"]["schemas"]["SearchPage"]["properties"].keys() >= {
        "total_relation",
        "explain",
    }


def test_more_than_is_counted_is_said_by_the_relation(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 2)
    boots = CategoryFactory(name="Boots")
    for _ in range(3):
        ProductFactory(category=boots)

    more = client.get(URL, {"category": "boots"}).json()
    all_counted = client.get(URL, {"category": "boots", "q": "hovercraft", "legs": "words"}).json()

    assert (more["total"], more["total_relation"]) == (2, "gte")
    assert (all_counted["total"], all_counted["total_relation"]) == (0, "eq")


def test_every_answer_says_how_it_was_searched_in_a_header(client: Client) -> None:
    ProductFactory(title="Boots")

    answer = client.get(URL, {"q": "boots"})

    assert answer["Server-Timing"].startswith('matching;desc="1", filter;dur=')
    assert 'desc="full-text"' in answer["Server-Timing"]
    assert "total;dur=" in answer["Server-Timing"]
    assert "explain" not in answer.json()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_answer_explains_itself_where_it_is_asked_to(client: Client, method: str) -> None:
    model = make_model()
    asked, found = ProductFactory(images=1), ProductFactory(images=1)
    embed_image(asked.images.get(), model, unit(1))
    embed_image(found.images.get(), model, unit(1))

    answer = getattr(client, method)(URL, {"like": asked.slug, "explain": "1"})

    explain = answer.json()["explain"]
    stages = explain.pop("milliseconds")
    ways = {"image": "exact", "words": "full-text"}
    assert explain == {"ways": ways, "matching": 1, "matching_counted": True}
    assert {"filter", "image", "products", "facets", "total"} <= stages.keys()


def test_the_next_page_explains_itself_only_if_this_one_does(client: Client) -> None:
    boots = CategoryFactory(name="Boots")
    for _ in range(30):
        ProductFactory(category=boots)

    plain = client.get(URL, {"category": "boots"}).json()
    explained = client.get(URL, {"category": "boots", "explain": "1"}).json()

    assert "explain" not in plain["next"]
    assert "explain=1" in explained["next"]


def test_brand_and_any_attribute_are_filters_that_next_keeps(client: Client) -> None:
    for number in range(60):
        ProductFactory(
            brand="Acme" if number % 2 else "Other",
            attributes={"material": "Leather" if number < 52 else "Wool"},
        )

    first = client.get(URL, {"brand": "Acme", "material": "leather"}).json()
    second = client.get(first["next"]).json()

    assert (first["total"], second["total"], len(second["results"])) == (26, 26, 2)


@pytest.mark.parametrize(
    ("data", "field"),
    [({"brand": "None such"}, "brand"), ({"material": "cheese"}, "material")],
)
def test_a_brand_or_value_that_is_not_there_is_a_problem(
    client: Client, data: dict, field: str
) -> None:
    ProductFactory(attributes={"material": "Leather"})

    answer = client.get(URL, data)

    assert answer.status_code == 400
    assert field in answer.json()["errors"]


@pytest.mark.usefixtures("vitrine_mini")
def test_what_is_seen_in_a_photo_is_told_where_it_is_asked_for(client: Client) -> None:
    ProductFactory(images=1)
    red = picture_bytes((96, 96), color="#c8232c")

    plain = client.post(URL, {"image": upload(red)}).json()
    told = client.post(URL, {"image": upload(red), "describe": "1"}).json()["photo"]

    assert "photo" not in plain
    assert told.keys() == {"subject", "colors", "attributes"}
    assert (told["colors"][0]["name"], told["colors"][0]["label"]) == ("red", "red")
    assert told["colors"][0]["share"] > 0.9


@pytest.mark.usefixtures("vitrine_mini")
def test_the_part_that_might_be_meant_can_be_sent_back_as_crop(client: Client) -> None:
    ProductFactory(images=1)
    scene = Image.new("RGB", (200, 200), "white")
    scene.paste("#c8232c", (120, 110, 180, 190))
    file = io.BytesIO()
    scene.save(file, "PNG")

    whole = client.post(URL, {"image": upload(file.getvalue()), "describe": "1"}).json()["photo"]
    part = client.post(
        URL, {"image": upload(file.getvalue()), "describe": "1", "crop": whole["subject"]}
    )

    left, top, right, bottom = (float(share) for share in whole["subject"].split(","))
    assert (left + right) / 2 == pytest.approx(0.75, abs=0.05)
    assert (top + bottom) / 2 == pytest.approx(0.75, abs=0.05)
    assert part.status_code == 200
    assert part.json()["photo"]["subject"] is None
    assert part.json()["photo"]["colors"][0]["name"] == "red"


def test_without_a_photo_there_is_nothing_to_describe(client: Client) -> None:
    ProductFactory(title="Boots")

    assert "photo" not in client.get(URL, {"q": "boots", "describe": "1"}).json()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("catgory", "Did you mean “category”?"),
        ("materiel", "Did you mean “material”?"),
        ("photo_token", "/api/v1/schema/ lists all."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_parameter_that_is_none_is_refused_with_what_was_meant(
    client: Client, method: str, name: str, hint: str
) -> None:
    ProductFactory(title="Boots", attributes={"material": "Leather"})

    answer = getattr(client, method)(URL, {"q": "boots", name: "shoes"})

    assert answer.status_code == 400
    assert answer.json()["errors"] == {name: [f"There is no parameter “{name}”. {hint}"]}


def test_a_photo_under_another_name_is_refused(client: Client) -> None:
    answer = client.post(URL, {"q": "boots", "picture": upload(picture_bytes())})

    assert answer.status_code == 400
    assert "picture" in answer.json()["errors"]


def test_parameters_that_are_none_are_told_though_they_are_no_text(client: Client) -> None:
    body = json.dumps({"q": "boots", "\ud800": 1, **{f"z{n}": n for n in range(100)}})

    answer = client.post(URL, body, content_type="application/json")

    assert answer.status_code == 400
    assert len(answer.json()["errors"]) == 5


def test_the_format_of_the_answer_may_be_named(client: Client) -> None:
    ProductFactory(title="Boots")

    assert client.get(URL, {"q": "boots", "format": "json"}).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_parameter_that_is_sent_twice_is_refused(client: Client, method: str) -> None:
    attributes = {"q": "boots", "color": ["red", "blue"]}

    answer = getattr(client, method)(URL, attributes)

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"color": ["Send one value."]}


def test_two_photos_are_one_too_many(client: Client) -> None:
    answer = client.post(URL, {"image": [upload(picture_bytes()), upload(picture_bytes(seed=1))]})

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"image": ["Send one value."]}


def test_truth_is_no_text_and_switches_may_be_true(client: Client) -> None:
    ProductFactory(title="Boots")

    def post(data: dict) -> dict:
        return client.post(URL, json.dumps(data), content_type="application/json").json()

    assert post({"q": True})["errors"] == {"q": ["Send text, not true or false."]}
    assert post({"q": "boots", "in_stock": True, "page": 1, "brand": None})["total"] == 1


def test_a_value_that_is_not_there_is_answered_with_what_was_meant(client: Client) -> None:
    CategoryFactory(name="Shoes")

    problem = client.get(URL, {"q": "boots", "category": "shoe", "price_max": "cheap"}).json()

    assert problem["errors"] == {
        "category": ["There is no category “shoe”. Did you mean “shoes”?"],
        "price_max": ["A price is a number, such as 25 or 49.90."],
    }


@pytest.mark.parametrize("method", ["get", "form", "json"])
def test_results_come_in_the_order_that_is_asked_for(client: Client, method: str) -> None:
    for price in (2, 3, 1):
        ProductFactory(title="Boots", variants=[{"price": price}])
    asked = {"q": "boots", "legs": "words", "sort": "-price"}

    if method == "json":
        answer = client.post(URL, json.dumps(asked), content_type="application/json")
    else:
        answer = client.get(URL, asked) if method == "get" else client.post(URL, asked)

    assert [float(result["price"]) for result in answer.json()["results"]] == [3, 2, 1]


def test_the_next_page_keeps_the_order(client: Client) -> None:
    for price in range(1, 31):
        ProductFactory(variants=[{"price": price}])

    first = client.get(URL, {"sort": "price"}).json()
    second = client.get(first["next"]).json()

    prices = [float(one["price"]) for page in (first, second) for one in page["results"]]
    assert prices == [*range(1, 31)]


def test_an_order_that_is_none_is_a_problem_that_names_those_that_are(client: Client) -> None:
    answer = client.get(URL, {"q": "boots", "sort": "cheapest"})

    assert answer.status_code == 400
    (message,) = answer.json()["errors"]["sort"]
    assert "“cheapest”" in message and "price, -price, newest" in message


def test_the_schema_names_the_orders(client: Client) -> None:
    schema = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()

    asked = schema["paths"]["/api/v1/search/"]["get"]["parameters"]
    (sort,) = [one for one in asked if one["name"] == "sort"]
    assert {*sort["schema"]["enum"]} == {"", "price", "-price", "newest"}
    assert "cheapest variant that passes" in sort["description"]
