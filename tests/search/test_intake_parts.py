"""What search says of photos that arrive."""

import pytest

from search.intake_parts import count_found
from search.models import Embedding
from tests.factories import ProductFactory
from tests.search.vectors import make_model, unit

pytestmark = pytest.mark.django_db


def test_photos_with_a_vector_of_the_live_model_are_found() -> None:
    make_model()
    keys = [image.pk for image in ProductFactory(images=3).images.all()]
    assert count_found(keys) == 0

    Embedding.objects.filter(image__in=keys[:2]).update(status="done", vector=unit(1))

    assert count_found(keys) == 2
    assert count_found([]) == 0
