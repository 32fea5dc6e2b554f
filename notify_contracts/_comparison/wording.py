"""What changed only in words, or is stated otherwise and allows the same."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from notify_contracts._comparison.findings import Reworded
from notify_contracts._comparison.statements import without_words
from notify_contracts._untrusted import printable
from notify_contracts.catalog import CASES, MANIFEST, Catalog, kind_of, read_regular
from notify_contracts.errors import CatalogError

_MOST_FILES = 20_000


def reworded(old: Catalog, new: Catalog, broken: Collection[str]) -> tuple[Reworded, ...]:
    """Return the files that differ, but for those that state what `broken` contracts and rules are told of already."""
    return tuple(_differing(old, new, broken))


def _differing(old: Catalog, new: Catalog, broken: Collection[str]) -> Iterator[Reworded]:
    files = [set(_files(catalog)) for catalog in (old, new)]
    cases = 0
    for file in sorted(files[0] | files[1]):
        name = printable(file)
        if file.startswith(f"{CASES}/"):
            cases += file not in files[0] or file not in files[1] or _content(old, file) != _content(new, file)
            continue
        if file not in files[1] or file not in files[0]:
            if file not in broken:
                yield Reworded(name, "came" if file in files[1] else "went")
            continue
        before, after = (_content(catalog, file) for catalog in (old, new))
        if before == after:
            continue
        if _without_words(file, before) == _without_words(file, after):
            yield Reworded(name, "only words")
        elif file not in broken:
            yield Reworded(name, "stated otherwise")
    if cases:
        yield Reworded(f"{CASES}/", f"other cases in {cases:,} {'file' if cases == 1 else 'files'}")


def _files(catalog: Catalog) -> Iterator[str]:
    for number, path in enumerate(catalog.root.rglob("*.json")):
        if number >= _MOST_FILES:
            raise CatalogError(f"{catalog.name}: its folder has over {_MOST_FILES:,} files; give that of a catalog")
        relative = path.relative_to(catalog.root)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            yield relative.as_posix()


def _content(catalog: Catalog, file: str) -> Any:
    """Return what a file says; its bytes where it is no JSON, for then it is none of the catalog's."""
    try:
        content = catalog.document(catalog.uri(file))
    except CatalogError:
        try:
            return read_regular(catalog.root / file)
        except OSError:
            return None
    if isinstance(content, Mapping):
        content = {name: value for name, value in content.items() if name != "$id"}
        if file == MANIFEST:
            content = {name: value for name, value in content.items() if name not in ("id", "name", "version")}
    return content


def _without_words(file: str, content: Any) -> Any:
    kind = kind_of(file)
    if kind == "manifest" and isinstance(content, Mapping):
        return {name: value for name, value in content.items() if name in ("transport", "envelope", "secrets")}
    if isinstance(content, Mapping) and kind != "lifecycles":
        definitions = content.get("$defs")
        named = definitions if isinstance(definitions, Mapping) else {}
        return without_words(content), {name: without_words(one) for name, one in named.items()}
    return _lifecycles_without_words(content) if kind == "lifecycles" else content


def _lifecycles_without_words(content: Any) -> Any:
    if not isinstance(content, Mapping):
        return content
    words = ("title", "description", "$comment")
    return {
        name: {key: value for key, value in one.items() if key not in words} if isinstance(one, Mapping) else one
        for name, one in content.items()
    }
