"""The pictures of a page: what is shown once stands where it is shown, what is shown more often once for all."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping

LIMIT = 4_000_000  # characters of all pictures together; past it cards are shown without
_TYPES = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n", "png"))

# Content -> its data address; of what is shown more often, the name of the style class that has it as its ground.
Gallery = Mapping[bytes, str]


def gallery(pictures: Iterable[bytes | None]) -> Gallery:
    """The JPEGs and PNGs among these, as far as there is room for them; one mention for each time that one is shown.

    Those that are mentioned first get room first.
    """
    uses = Counter(picture for picture in pictures if picture)
    left, found = LIMIT, dict[bytes, str]()
    for picture, times in uses.items():
        address = data_address(picture)
        if address and len(address) <= left:
            left -= len(address)
            found[picture] = address if times == 1 else f"picture-{len(found)}"
    return found


def style(pictures: Gallery) -> str:
    """The style rules that make the classes show their pictures."""
    shared = ((name, picture) for picture, name in pictures.items() if not name.startswith("data:"))
    return "".join(f'.{name} {{ background-image: url("{data_address(picture)}"); }}\n' for name, picture in shared)


def data_address(picture: bytes) -> str | None:
    """A JPEG or PNG as a data address; `None` for anything else, whatever it calls itself."""
    kind = next((kind for magic, kind in _TYPES if picture.startswith(magic)), None)
    return kind and f"data:image/{kind};base64,{b64encode(picture).decode('ascii')}"
