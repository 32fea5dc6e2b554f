#!/usr/bin/env bash
# Guess:    griffe check reports every method that a public class has lost since the last release, wherever the class
#           stands now: the same import still gives it.
# Really:   it does so only while the class stands in its old module. Once the class is defined in another module and the
#           old one imports it from there, a removed method is not reported, and the exit status is 0.
# Versions: griffe 2.4.1, Python 3.11
# Source:   run here; griffe's documentation, "Checking APIs", speaks of aliases but not of this.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check griffe==2.4.1

mkdir -p project/shop
cd project
git init --quiet
git config user.email somebody@example.org
git config user.name Somebody
echo 'from shop.orders import Order' >shop/__init__.py
printf 'class Order:\n    def total(self): ...\n    def cancel(self): ...\n' >shop/orders.py
git add . && git commit --quiet --message release && git tag v1

status() { "$work/venv/bin/griffe" check shop --against v1 && echo "status 0" || echo "status $?"; }

sed -i '/cancel/d' shop/orders.py
echo "--- cancel() is removed"
in_place=$(status 2>&1)
echo "$in_place"

mv shop/orders.py shop/_orders.py
echo 'from shop._orders import Order' | tee shop/orders.py >shop/__init__.py
echo "--- the same, and the class has moved to another module"
moved=$(status 2>&1)
echo "$moved"

[[ $in_place == *"Order.cancel"*"removed"*"status 1"* ]] || { echo "changed: the removal in place"; exit 1; }
[[ $moved != *cancel* && $moved == *"status 0"* ]] || { echo "changed: the removal after a move"; exit 1; }
