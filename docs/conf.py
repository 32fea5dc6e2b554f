"""How the documentation is built: with Sphinx, for it makes the reference from the code and is strict about links."""

import sys
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generated import write_reference

project = "notify-contracts"
version = release = metadata.version("notify-contracts")
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["generated.py"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]  # what is included begins below the heading of the page that includes it

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "py:obj"

html_theme = "furo"
html_title = "notify-contracts"
html_copy_source = False

write_reference(Path(__file__).parent / "reference" / "generated")
