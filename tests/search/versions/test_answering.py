"""One model for the whole of a request."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.signals import request_finished, request_started

from search import answering, model_versions
from search.answering import answered_by
from search.models import EmbeddingModel
from tests.search.vectors import make_model

pytestmark = pytest.mark.django_db


def second_model() -> EmbeddingModel:
    return make_model(reference="second", name="second", state=EmbeddingModel.State.BUILDING)


@pytest.fixture
def begin() -> Any:
    """Begins a request, as the signal tells of it; it ends with the test."""
    yield answering._begin
    answering._end()


def test_a_request_ends_under_the_model_that_it_began_with(begin: Any) -> None:
    first, second = make_model(), second_model()
    begin()
    assert EmbeddingModel.objects.live() == first

    # As another process does it.
    EmbeddingModel.objects.filter(pk=first.pk).update(state="retired")
    EmbeddingModel.objects.filter(pk=second.pk).update(state="live")

    assert EmbeddingModel.objects.live() == first
    begin()
    assert EmbeddingModel.objects.live() == second


def test_the_request_that_changes_the_model_sees_the_change(begin: Any) -> None:
    make_model()
    second = second_model()
    begin()
    assert EmbeddingModel.objects.live() != second

    model_versions.switch(second)

    assert EmbeddingModel.objects.live() == second


def test_a_request_is_told_of_by_djangos_signals() -> None:
    assert answering._begin in [receiver() for _, receiver, *_ in request_started.receivers]
    assert answering._end in [receiver() for _, receiver, *_ in request_finished.receivers]


def test_outside_requests_each_question_is_asked_anew() -> None:
    first, second = make_model(), second_model()
    assert EmbeddingModel.objects.live() == first

    model_versions.switch(second)

    assert EmbeddingModel.objects.live() == second


def test_the_lab_has_another_model_answer() -> None:
    first, second = make_model(), second_model()

    with answered_by(second):
        assert EmbeddingModel.objects.live() == second

    assert EmbeddingModel.objects.live() == first
