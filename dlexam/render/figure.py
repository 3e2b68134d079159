"""SVG that may stand inside a page: no script, no event, nothing fetched."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from markupsafe import Markup

from dlexam.render import RenderError

_LEFT_OUT = frozenset({"script", "foreignObject", "image", "a", "iframe", "style", "use", "set"})


@lru_cache(maxsize=256)
def safe_svg(svg: str, alt: str) -> Markup:
    """The drawing with its text alternative as its title, without anything active."""
    try:
        if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
            raise ParseError("a document type is not allowed")
        root = fromstring(svg)
    except ParseError as error:
        raise RenderError(f"figure {alt!r}: {error}. Give well-formed SVG.") from None
    _clean(root)
    for title in root.findall("title"):
        root.remove(title)
    title = Element("title")
    title.text = alt
    root.insert(0, title)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("role", "img")
    return Markup(tostring(root, encoding="unicode"))


def _clean(element: Element) -> None:
    element.tag = _local(element.tag)
    for name in list(element.attrib):
        value = element.attrib.pop(name)
        local = _local(name)
        harmless = "url(" not in value.replace("url(#", "") and ":" not in value
        if not local.startswith("on") and local not in ("href", "style") and harmless:
            element.set(local, value)
    for child in list(element):
        if not isinstance(child.tag, str) or _local(child.tag) in _LEFT_OUT:
            element.remove(child)
        else:
            _clean(child)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
