"""Home, category and product pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "catalog/home.html")


def category(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "catalog/category.html")


def product(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "catalog/product.html")
