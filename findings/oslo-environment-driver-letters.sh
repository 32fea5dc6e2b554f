#!/usr/bin/env bash
# Guess:    the notification driver of an OpenStack service can be set by the environment variable that oslo.config
#           documents for every option, OS_<GROUP>__<OPTION>=log.
# Really:   the option may be given several times, and its text from the environment is taken apart into letters: the
#           drivers are l, o and g, none of which exists. No error is raised.
# Versions: oslo.config 10.7.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here; oslo.config's documentation, "Environment Variable" source driver.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.config==10.7.0 oslo.messaging==18.3.1

cat >drivers.py <<'PYTHON'
import sys

import oslo_messaging
from oslo_config import cfg

conf = cfg.ConfigOpts()
conf(sys.argv[1:], default_config_files=[], default_config_dirs=[])
notifier = oslo_messaging.Notifier(oslo_messaging.get_notification_transport(conf, url="fake://"), "here")
print(conf.oslo_messaging_notifications.driver, sorted(notifier._driver_mgr.names()))
PYTHON
printf '[oslo_messaging_notifications]\ndriver = log\n' >service.conf

file=$(venv/bin/python -W ignore drivers.py --config-file service.conf 2>/dev/null)
environment=$(OS_OSLO_MESSAGING_NOTIFICATIONS__DRIVER=log venv/bin/python -W ignore drivers.py 2>/dev/null)
echo "from a file:             $file"
echo "from the environment:    $environment"
[[ $file == "['log'] ['log']" ]] || { echo "changed: the file"; exit 1; }
[[ $environment == "['l', 'o', 'g'] []" ]] || { echo "changed: the environment"; exit 1; }
