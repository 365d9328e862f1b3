"""The pictures of a page: each stands once in the file, as the ground of a style class, however often it is shown."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping

LIMIT = 4_000_000  # characters of all pictures together; past it cards are shown without
_TYPES = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n", "png"))

Gallery = Mapping[bytes, str]  # content -> name of its class


def gallery(pictures: Iterable[bytes | None]) -> Gallery:
    """The JPEGs and PNGs among these, the most needed first, as far as there is room for them."""
    left, names = LIMIT, dict[bytes, str]()
    for picture in pictures:
        size = len(data_address(picture) or "") if picture and picture not in names else 0
        if picture and 0 < size <= left:
            left -= size
            names[picture] = f"picture-{len(names)}"
    return names


def style(pictures: Gallery) -> str:
    """The style rules that make the classes show their pictures."""
    rules = (f'.{name} {{ background-image: url("{data_address(picture)}"); }}\n' for picture, name in pictures.items())
    return "".join(rules)


def data_address(picture: bytes) -> str | None:
    """A JPEG or PNG as a data address; `None` for anything else, whatever it calls itself."""
    kind = next((kind for magic, kind in _TYPES if picture.startswith(magic)), None)
    return kind and f"data:image/{kind};base64,{b64encode(picture).decode('ascii')}"
