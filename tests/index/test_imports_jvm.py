"""The JVM's import rules: packages as folders, classes as files, members of classes."""

import pytest
from trees import DictTree

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.jvm import JvmImports

MAIN = "app/src/main/java/com/acme/shop"
KOTLIN = "app/src/main/kotlin/com/acme/shop"
MODEL = "app/src/main/java/com/acme/shop/model"
SHOP = {
    "pom.xml": "<project/>",
    f"{MAIN}/Cart.java": "",
    f"{MAIN}/Till.java": "",
    f"{KOTLIN}/Money.kt": "",
    f"{MODEL}/Item.java": "",
    f"{MODEL}/notes.txt": "",
    "app/src/test/java/com/acme/shop/CartTest.java": "",
    "other/src/main/java/com/acme/shop/Else.java": "",
    "plain/com/acme/flat/Flat.scala": "",
    "plain/com/acme/flat/Round.scala": "",
}
ITEM = Target((f"{MODEL}/Item.java",))


def rules(extra: dict[str, str] | None = None) -> JvmImports:
    texts = SHOP | (extra or {})
    return JvmImports(FileSet(DictTree("fake", texts), texts))


def check(module: str, name: str | None, expected: Target, **extra: str) -> None:
    texts = {"pom.xml": extra["pom"]} if extra else {}
    imported = Import(module, name, None, 0, 0)
    assert rules(texts).resolve(f"{MAIN}/Cart.java", imported) == expected


def test_a_class_is_a_file_of_its_package() -> None:
    check("com.acme.shop.model", "Item", ITEM)
    check("com.acme.shop.model.Item", None, ITEM)
    check("com.acme.flat", "Flat", Target(tuple(sorted(p for p in SHOP if "flat" in p))))


def test_all_of_a_package() -> None:
    check("com.acme.shop.model", "*", ITEM)
    every = {p for p in SHOP if "acme/shop/" in p and "model" not in p}
    found = rules().resolve(f"{MAIN}/Cart.java", Import("com.acme.shop", "*", None, 0, 0))
    assert set(found.files) == every


def test_what_no_file_is_named_after_may_be_in_any_file_of_the_package() -> None:
    # A second class of a Java file, a Kotlin function: the outlines tell whether it is there.
    check("com.acme.shop.model", "Gone", ITEM)


@pytest.mark.parametrize("name", ["QItem", "Item_", "ItemMapperImpl", "DaggerShop", "R"])
def test_what_processors_generate_may_be_there(name: str) -> None:
    check("com.acme.shop.model", name, Target(ITEM.files, open=True))


def test_with_a_schema_compiler_an_absent_class_proves_nothing() -> None:
    pom = "<artifactId>protobuf-maven-plugin</artifactId>"
    check("com.acme.shop.model", "Gone", Target(ITEM.files, open=True), pom=pom)
    check("com.acme.shop.model", "Item", ITEM, pom=pom)


@pytest.mark.parametrize(
    ("module", "name", "inside"),
    [
        ("com.acme.shop.model.Item", "PRICE", "Item"),
        ("com.acme.shop.model.Item", "*", "Item"),
        ("com.acme.shop.model.Item.Kind", "SMALL", "Item.Kind"),
    ],
)
def test_members_of_a_class(module: str, name: str, inside: str) -> None:
    check(module, name, Target((f"{MODEL}/Item.java",), inside=inside))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("java.util", "List"),
        ("java.util", "*"),
        ("com.acme.far", "Thing"),
        ("acme.shopping", "Cart"),
        ("com.acme.shop.model.Gone", "PRICE"),
        ("Item", None),
    ],
)
def test_elsewhere(module: str, name: str | None) -> None:
    check(module, name, EXTERNAL)


def test_bound_name() -> None:
    assert rules().bound_name(Import("com.acme.shop.model.Item", None, None, 0, 0)) == "Item"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # Its folder and the other languages' roots of the same module; not tests, not modules.
        (f"{MAIN}/Cart.java", (f"{MAIN}/Till.java", f"{KOTLIN}/Money.kt")),
        (
            "app/src/test/java/com/acme/shop/CartTest.java",
            (f"{MAIN}/Cart.java", f"{MAIN}/Till.java", f"{KOTLIN}/Money.kt"),
        ),
        ("plain/com/acme/flat/Flat.scala", ("plain/com/acme/flat/Round.scala",)),
        (f"{MODEL}/notes.txt", ()),
    ],
)
def test_visible(path: str, expected: tuple[str, ...]) -> None:
    assert rules().visible(path) == expected
