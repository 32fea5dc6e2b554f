#!/usr/bin/env bash
# Guess:    shtab escapes for zsh whatever argparse is told of an option, so `metavar="FORMAT:FILE"` only names the value.
# Really:   the help is escaped, the metavar is not. In a specification of zsh's `_arguments` a colon parts the message from
#           the action, so FILE is what zsh runs to complete the value: "command not found: FILE" at the terminal.
# Versions: shtab 1.13.0, Python 3.11
# Source:   run here; zsh manual, zshcompsys(1), `_arguments`: specs are -OPTNAME[EXPLANATION]:MESSAGE:ACTION.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check shtab==1.13.0

cat >complete.py <<'PYTHON'
import argparse

import shtab

parser = argparse.ArgumentParser(prog="tool")
parser.add_argument("--report", metavar="FORMAT:FILE", help="html:page.html, say")
parser.add_argument("--output", metavar="FILE", help="write there")
for line in shtab.complete(parser, shell="zsh").splitlines():
    if "--report" in line or "--output" in line:
        print(line.strip())
PYTHON
seen=$(venv/bin/python complete.py)
echo "$seen"
expected='"--report[html\:page.html, say]:FORMAT:FILE:"
"--output[write there]:FILE:"'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
