"""`catalog export --format markdown` and `html`: pages that say everything, link to each other, and obey nothing."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notify_contracts._export import Selection, format_named
from notify_contracts._export.commonmark import anchor, code, escaped, fenced
from notify_contracts._untrusted.markup import element
from notify_contracts._untrusted.text import printable
from notify_contracts.catalog.fields import table_of_payload
from tests.places import places
from tests.telling import examples

CATALOGS = ("glance-documented", "glance-emitted", "parcels")
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ELEMENTS = {
    "html", "head", "meta", "link", "title", "style", "body", "header", "nav", "main", "h1", "h2", "h3", "p", "a",
    "code", "strong", "span", "dl", "dt", "dd", "div", "table", "thead", "tbody", "tr", "th", "td", "ul", "li",
    "details", "summary", "pre", "svg", "desc", "g", "rect", "path", "circle", "text",
}  # fmt: skip
ATTRIBUTES = {
    "aria-label", "aria-labelledby", "charset", "class", "content", "href", "http-equiv", "id", "lang", "name", "open",
    "rel", "role", "scope", "tabindex",
    "cx", "cy", "d", "height", "lengthadjust", "r", "rx", "textlength", "viewbox", "width", "x", "y",
}  # fmt: skip


class Read(HTMLParser):
    """What a browser would make of a page: its elements, attributes, ids, addresses and text."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.attributes, self.ids, self.addresses, self.text = set(), {}, [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Note an element."""
        self.elements.add(tag)
        self.attributes |= attributes
        self.ids += [value for name, value in attributes if name == "id"]
        if ("http-equiv", "Content-Security-Policy") in attributes:
            self.policy = dict(attributes)["content"]
        self.addresses += [value for name, value in attributes if name == "href" and tag == "a"]

    def handle_data(self, data):
        """Note text."""
        self.text += data


class ReadMarkdown:
    """What a reader of Markdown would make of a page: its anchors, addresses and text, and whether there is HTML."""

    def __init__(self, page):
        tokens = [inner for token in READER.parse(page) for inner in (token, *(token.children or ()))]
        self.addresses = [token.attrGet("href") for token in tokens if token.type == "link_open"]
        self.html = [token for token in tokens if token.type.startswith("html")]
        self.images = [token for token in tokens if token.type == "image"]
        self.text = "".join(token.content for token in tokens if token.type in ("text", "code_inline", "fence"))
        headings = [inline for start, inline in pairwise(tokens) if start.type == "heading_open"]
        names = [Read(READER.render(heading.content)).text.strip() for heading in headings]
        self.ids = [anchor(name) for name in names]


READERS = {"html": Read, "markdown": ReadMarkdown}


@cache
def _selection(catalog):
    return Selection(catalog, catalog.contracts)


@pytest.fixture(scope="module", params=CATALOGS)
def catalog(request, catalog_of, parcels):
    """Give each catalog in turn."""
    return catalog_of(parcels if request.param == "parcels" else request.param)


def _shown(text):
    return " ".join(text.split())


@pytest.mark.parametrize("form", READERS)
def test_everything_is_said(form, catalog):
    """A page has the words of its event type and, per priority, its words, all fields, the examples and the source."""
    pages = {page.name: page.text for page in format_named(form).pages(_selection(catalog))}
    assert len(pages) == len(catalog.event_types) + 1
    ending = {"html": "html", "markdown": "md"}[form]
    for contract in catalog.contracts:
        text = _shown(READERS[form](pages[f"events/{contract.event_type}.{ending}"]).text)
        assert contract.description in text
        assert contract.source in text
        for field in table_of_payload(contract).nested:
            for said in field:
                assert _shown(said) in text
        for example in contract.examples:
            assert _shown(json.dumps(example, indent=2, ensure_ascii=False)) in text


@pytest.mark.parametrize("form", READERS)
def test_matrix(form, catalog):
    """The index leads to every contract at its priority and to every event type, and names the transport."""
    index, *_ = format_named(form).pages(_selection(catalog))
    read = READERS[form](index.text)
    assert len(read.addresses) == len(catalog.event_types) + len(catalog.contracts)
    assert f"{catalog.exchange} (topic)" in read.text
    assert f"{catalog.topic}.info, {catalog.topic}.warn, {catalog.topic}.error" in read.text


@pytest.mark.parametrize("form", READERS)
def test_links_in_a_folder(form, catalog):
    """Every link leads to a page of the folder and to an anchor on it; no anchor is there twice."""
    pages = {page.name: READERS[form](page.text) for page in format_named(form).pages(_selection(catalog))}
    for name, page in pages.items():
        assert len(set(page.ids)) == len(page.ids)
        assert page.addresses
        for address in page.addresses:
            path, fragment = urlsplit(address).path, urlsplit(address).fragment
            target = pages[normpath(join(dirname(name), unquote(path)))]
            assert fragment == "" or fragment in target.ids


@pytest.mark.parametrize("form", READERS)
def test_one_document(form, catalog):
    """One document says what the folder says, and its links stay in it."""
    read = READERS[form](format_named(form).document(_selection(catalog)))
    assert len(set(read.ids)) == len(read.ids)
    assert {address.removeprefix("#") for address in read.addresses} <= set(read.ids)
    assert all(contract.description in _shown(read.text) for contract in catalog.contracts)


def test_html_needs_nothing(catalog):
    """A page has no script and no address but its links', and tells the browser to run and fetch nothing."""
    for page in format_named("html").pages(_selection(catalog)):
        read = Read(page.text)
        assert read.elements <= ELEMENTS
        assert read.attributes.keys() <= ATTRIBUTES
        assert re.match("default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'none'; img-src data:;", read.policy)
        assert "url(" not in page.text
        assert "@import" not in page.text


def test_never(catalog_of):
    """A field that must not be there is not called optional; fields that only a pattern names are there."""
    documented = format_named("markdown").document(_selection(catalog_of("glance-documented")))
    assert "| `location` | never |" in documented
    assert "Further fields are allowed." in documented
    assert "It must have: deleted_at that agrees with deleted." in documented


def test_patterns(catalog_of, parcels):
    """Fields of whose names only a pattern is known are in the table."""
    text = format_named("markdown").document(_selection(catalog_of(parcels)))
    assert r"| any that matches &#94;x- | optional | string | Remarks of a partner. |" in text


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing tags": '</code></td></pre></style><img src=x onerror="alert(1)">',
    "attribute": '" onmouseover="alert(1)" x=\'',
    "link": "[click](javascript:alert(1)) <javascript:alert(1)> ![](//example.org/x) [a]: javascript:b",
    "markup": "# a | b\n\n- c\n1. d\n```\ne\n~~~\n***f*** __g__ `h` ~~i~~ $j$ :::k {{ l }} ==m==\n---\n> n\n    o",
    "entities": "&lt;script&gt; &#60; &amp;",
    "hidden": "a\u202eb\u2066c\u200bd\x1b[2Je\x85f\ufeffg\U000e0041h\0i",
    "html comment": "<!-- --> <![CDATA[ ]]> <?php ?> <!DOCTYPE x>",
}


WORDS = ("title", "description", "$comment", "source", "exchange", "topic", "last_seen")


def _spoilt(folder, text):
    """Put `text` wherever a catalog has text for people, a name, or a value of an example."""
    lives = json.loads((folder / "lifecycles.json").read_bytes())
    for form in lives["parcel"]["fields"].values():
        form[text] = form[lives["parcel"]["identity"]]
    lives["parcel"] |= {"title": text, "description": text, "identity": text, "rests": [text]}
    lives["parcel"]["states"][text] = [{**lives["parcel"]["states"]["late"][0], "values": {text: text}, "to": text}]
    (folder / "lifecycles.json").write_text(json.dumps(lives))
    for path in [folder / "catalog.json", *folder.glob("events/*.json"), *folder.glob("payloads/*.json")]:
        document = json.loads(path.read_bytes())
        for container, key in list(places(document)):
            is_name = container is document and key == "title" and path.parent.name == "events"
            if key in WORDS and isinstance(container[key], str) and not is_name:
                container[key] = text
        if "properties" in document:
            document["properties"][text] = {"title": text, "description": text, "enum": [text, {text: text}]}
            document["patternProperties"] = {"^[<a]{1,3}$": {"description": text}}
        path.write_text(json.dumps(document))


@pytest.fixture
def hostile(parcels_copy, run, tmp_path):
    """Spoil a catalog and export it; return the one document and the pages."""

    def hostile(text, form):
        _spoilt(parcels_copy, text)
        arguments = ("catalog", "export", "--format", form, "--catalog", parcels_copy, "--output")
        for output in (tmp_path / "one.text", tmp_path / "out"):
            assert run(*arguments, output) == (0, "", "")
        pages = [tmp_path / "one.text", *(tmp_path / "out").rglob("*.*")]
        return [path.read_text(encoding="utf-8") for path in pages]

    return hostile


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", READERS)
def test_hostile(form, text, hostile, catalog_of, parcels):
    """What a catalog says is shown as it is, whatever it is: no element, attribute, link or image comes of it."""
    expected = READERS[form](format_named(form).document(_selection(catalog_of(parcels))))
    one, *pages = hostile(text, form)
    assert len(READERS[form](one).addresses) == len(expected.addresses)
    for page in (one, *pages):
        assert page.replace("\n", "").isprintable()
        read = READERS[form](page)
        assert all(re.match(r"#|\.\./|events/", address) for address in read.addresses)
        assert all(_shown(printable(line)) in _shown(read.text) for line in text.split("\n") if line.strip())
        if form == "html":
            assert read.elements <= ELEMENTS
            assert read.attributes.keys() <= ATTRIBUTES
        else:
            assert not read.html
            assert not read.images


@pytest.mark.parametrize("name", ["a b", "a'b\"c", "a&b<c>", "a%20b", "ä", "a(b)[c]", "index", "-", "x\u202ey"])
@pytest.mark.parametrize("form", READERS)
def test_hostile_event_types(form, name, run, parcels_copy, tmp_path):
    """An event type of any name has its page, and the index leads to it."""
    (parcels_copy / "events" / "parcel.lost.json").rename(parcels_copy / "events" / f"{name}.json")
    ran = run("catalog", "export", "--format", form, "--catalog", parcels_copy, "--output", tmp_path / "out")
    assert (ran.status, ran.err) == (0, "")
    index = tmp_path / "out" / {"html": "index.html", "markdown": "index.md"}[form]
    read = READERS[form](index.read_text(encoding="utf-8"))
    targets = {unquote(urlsplit(address).path) for address in read.addresses}
    assert targets == {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out" / "events").iterdir()}


@settings(deadline=None, max_examples=examples())
@given(st.text() | st.lists(st.sampled_from(r"\`*_{}[]#<>&|~$@^=-+:!.() 1a" + "\n\t"), max_size=12).map("".join))
def test_escaped(text):
    """Text that is escaped reads as it was, alone on a line, in a heading and in the cell of a table."""
    expected = _shown(" ".join(printable(line) for line in text.split("\n")))
    for before, after in (("", ""), ("# ", ""), ("| a |\n| - |\n| ", " |")):
        read = Read(READER.render(f"{before}{escaped(text)}{after}\n"))
        assert _shown(read.text.removeprefix("\n\n\na\n\n\n\n\n")) == expected
        assert read.elements <= {"p", "h1", "table", "thead", "tbody", "tr", "th", "td"}


@settings(deadline=None, max_examples=examples())
@given(st.text(st.sampled_from("`|a \\*<")))
def test_code(text):
    """A name is shown as it is in the cell of a table."""
    read = Read(READER.render(f"| a |\n| - |\n| {code(text)} |\n"))
    assert _shown(read.text).removeprefix("a").strip() == _shown(text)


@settings(deadline=None, max_examples=examples())
@given(st.text(st.sampled_from("`~a\n<")))
def test_fenced(text):
    """Nothing in a block of code ends it."""
    [token] = READER.parse(fenced(text, "json"))
    assert (token.type, token.info, token.content) == ("fence", "json", f"{text}\n")


def test_element():
    """Text and attributes are escaped; elements are not, and an empty one has no end."""
    inner = element("code", "<&\n", class_='"')
    assert inner == '<code class="&quot;">&lt;&amp;\\n</code>'
    assert element("p", inner, "<", aria_label="a") == f'<p aria-label="a">{inner}&lt;</p>'
    assert element("meta", http_equiv="a") == '<meta http-equiv="a">'
