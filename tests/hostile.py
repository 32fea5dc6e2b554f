"""What a notification, or a catalog, may say to whoever reads a report of it: nothing of it must be obeyed."""

import json
from pathlib import Path

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</code></details></failure>",
    "<!-- --> <![CDATA[ ]]>",
    "&lt;b&gt; &#64;all",
    "@octocat #1 GH-1",
    "[click](https://evil.example/)",
    "![seen](https://evil.example/p.png)",
    "https://evil.example/ www.evil.example me@evil.example",
    "javascript:alert(1)",
    "`code` ``` ````",
    "`",
    "a|b \\|c \\",
    "**bold** _it_ ~~no~~ # - > 1.",
    "\n\n# head\n\n| x |\n| --- |\n",
    "::error file=x::owned",
    "\r\n::stop-commands::owned",
    "%0A::error::owned %25",
    " \t::add-mask::owned",
    "x ##[error]owned ##vso[task.complete result=Failed;]owned ##teamcity[buildStop]",
    "title=a,file=b:c",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202egnp.exe \u2066 \u200b \ufeff",
    "\ufffe\uffff\x00\x0b\x85\u2028",
    "{0} {{ ${x} $(x)",
)
FILE = "a `b` |c| <script> @me [x](y) ::error::%0A,d=e\n::error::\x1b[2J\u202e.jsonl"


def recording(folder: Path, examples: list[dict]) -> Path:
    """Write a recording in a file of a hostile name, with every hostile text at every place of a notification."""
    lines = []
    for text in HOSTILE:
        for example in examples:
            lines += [example | {name: text} for name in ("message_id", "event_type", "priority", "timestamp", text)]
            payload = example["payload"]
            if isinstance(payload, dict):
                lines.append(example | {"payload": payload | {text: text}})
                lines += [example | {"payload": payload | {name: text}} for name in payload]
    path = folder / FILE
    path.write_text("\n".join(map(json.dumps, lines)) + "\n]]> <script> \x1b[2J\n")
    return path
