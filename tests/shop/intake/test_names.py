"""What the names of files say."""

import pytest

from shop.intake.names import (
    clean_folder,
    clean_name,
    common_of,
    is_hidden,
    is_named_by_folder,
    title_of,
)


@pytest.mark.parametrize(
    ("names", "common"),
    [
        (["red-boot-1.jpg", "red-boot_back.jpg", "Red Boot.JPG", "red-boot (2).jpg"], "red boot"),
        (["mug.png", "mug-side-2.png", "mug copy.png", "mug - Kopie.png"], "mug"),
        (["boot1.jpg", "boot2.jpg"], "boot"),
        (["coat 0-1.jpg", "coat 0-2.jpg", "coat-0_3.jpg"], "coat 0"),
        (["12345-1.jpg", "12345_2.jpg", "12345.jpg"], "12345"),
        (["shirt-a.jpg", "shirt-b.jpg"], "shirt"),
        (["Stiefel-vorne.jpg", "Stiefel_hinten.jpg"], "stiefel"),
        # The same letter, written in two ways.
        (["café-1.jpg", "cafe\u0301-2.jpg"], "café"),
    ],
)
def test_names_of_photos_of_one_thing(names: list[str], common: str) -> None:
    assert {common_of(name) for name in names} == {common}


@pytest.mark.parametrize(
    "names",
    [
        ["IMG_2041.jpg", "IMG_2042.jpg"],
        ["DSC00001.JPG", "DSC00002.JPG"],
        ["20240501_120000.jpg", "20240501_120001.jpg"],
        ["mug-500.jpg", "mug-250.jpg"],
        ["shirt-1-front.jpg", "shirt-2-front.jpg"],
        ["coat 0-1.jpg", "coat 1-1.jpg", "coat 2-1.jpg"],
        ["coat0-1.jpg", "coat1-1.jpg"],
        ["hat.jpg", "mat.jpg"],
        ["model.jpg", "front.jpg"],
    ],
)
def test_names_of_photos_of_two_things(names: list[str]) -> None:
    assert len({common_of(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "folder", "title"),
    [
        ("red-boot-1.jpg", "", "Red boot"),
        ("red_boot_back.jpg", "Summer", "Red boot"),
        ("IMG_2041.jpg", "Summer/blue mug", "Blue mug"),
        ("IMG_2041.jpg", "", ""),
        ("IMG_2041.jpg", "DCIM/100", ""),
        ("IMG_2041.jpg", "DCIM/100CANON", ""),
        ("IMG_2041.jpg", "2024-05-01", ""),
        ("back 2.jpg", "Straw hat", "Straw hat"),
        ("front.jpg", "", "Front"),
        ("coat 0-1.jpg", "", "Coat 0"),
        ("07bf93d6-850f-4309-ba86-52e2d1f5cce2.jpg", "", ""),
        ("07BF93D6-850F-4309-BA86-52E2D1F5CCE2_1_105_c.jpeg", "Straw hat", "Straw hat"),
        ("d41d8cd98f00b204e9800998ecf8427e.jpg", "", ""),
        ("d41d8cd98f00b204e9800998ecf8427e (1).png", "", ""),
        ("acceded facade.jpg", "", "Acceded facade"),
        ("hat.jpg", "", "Hat"),
    ],
)
def test_a_title_from_a_name(name: str, folder: str, title: str) -> None:
    assert title_of(name, folder) == title


@pytest.mark.parametrize(
    ("name", "folder", "by_folder"),
    [
        ("DSC_1010.jpg", "Straw hat", True),
        ("20240501_120000.jpg", "Shop/Straw hat", True),
        ("07bf93d6-850f-4309-ba86-52e2d1f5cce2.jpg", "Straw hat", True),
        ("003.jpg", "Straw hat", True),
        ("back 2.jpg", "Straw hat", True),
        ("4006381333931.jpg", "Straw hat", False),  # the number of an article
        ("straw-hat.jpg", "Straw hat", False),
        ("DSC_1010.jpg", "", False),
        ("DSC_1010.jpg", "DCIM/100CANON", False),
        ("DSC_1010.jpg", "My photos", False),
        ("DSC_1010.jpg", "2024-05-01", False),
    ],
)
def test_only_the_folder_may_say_what_is_seen(name: str, folder: str, by_folder: bool) -> None:
    assert is_named_by_folder(name, folder) == by_folder


def test_what_no_name_has_is_left_out() -> None:
    assert clean_name("../../etc/pass\x00wd") == "passwd"
    assert clean_name("") == "photo"
    assert clean_folder("/../a\\b/./c/") == "a/b/c"
    assert is_hidden("a/.DS_Store")
    assert is_hidden("__MACOSX/a.jpg")
    assert not is_hidden("a/b.jpg")
