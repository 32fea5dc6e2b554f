#!/usr/bin/env bash
# Guess:    a program on Slack's Bolt has the same listeners called in Python as in JavaScript, where its documentation shows the
#           same calls: each that the event suits, one that counts all messages and one that answers to "deploy"; app.event with a
#           constraint on the channel hears of that channel.
# Really:   in JavaScript each is called; in Python the first one in the order of registration, and no other: behind
#           app.event("message") no app.message listener ever hears anything, and one more module with a listener of its own may
#           silence another. With the general one last, it hears what the others left. Of a constraint Python looks at type and
#           subtype, and passes over every other name: {"type": "message", "channel": "C1"} is met by messages of all channels.
#           Nothing is said; the answer to Slack is 200.
# Versions: slack-bolt 1.30.0 (PyPI), @slack/bolt 5.1.0 (npm), Python 3.11, Node.js 20
# Source:   run here without Slack, each given the same events; slack_bolt/app/app.py, App.dispatch (returns at the first listener
#           whose matchers hold); slack_bolt/listener_matcher/builtins.py, event; @slack/bolt, dist/App.js, processEvent
#           (Promise.allSettled of all listeners); issues 789 and 906 of slackapi/bolt-python (closed).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @slack/bolt@5.1.0 >>npm.log
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check slack-bolt==1.30.0

cat >listening.py <<'PYTHON'
import json

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

heard = []


def authorize(**_):
    return AuthorizeResult(enterprise_id=None, team_id="T", bot_token="xoxb", bot_user_id="UB", bot_id="BB")


def counting(app):
    app.event("message")(lambda ack: heard.append("counting"))


def deploying(app):
    app.message("deploy")(lambda ack: heard.append("deploying"))


def channel(app):
    app.event({"type": "message", "channel": "C1"})(lambda ack: heard.append("of C1"))


for listeners in ((counting, deploying), (deploying, counting), (channel, deploying)):
    app = App(authorize=authorize, signing_secret="s", request_verification_enabled=False, process_before_response=True)
    for each in listeners:
        each(app)
    told = []
    for text in ("deploy it", "hello"):
        heard.clear()
        event = {"type": "message", "channel": "C2", "user": "U", "ts": "1", "text": text}
        body = {"type": "event_callback", "team_id": "T", "api_app_id": "A", "event": event, "event_id": "E"}
        answer = app.dispatch(BoltRequest(body=json.dumps(body), headers={"content-type": ["application/json"]}))
        told.append(f"{text}: {' and '.join(heard)} ({answer.status})")
    print(f"Python, {', '.join(each.__name__ for each in listeners)}: {'; '.join(told)}")
PYTHON
cat >listening.js <<'JAVASCRIPT'
const { App } = require('@slack/bolt');

const heard = [];
const listeners = {
  counting: (app) => app.event('message', async () => { heard.push('counting'); }),
  deploying: (app) => app.message('deploy', async () => { heard.push('deploying'); }),
};
const run = async () => {
  for (const order of [['counting', 'deploying'], ['deploying', 'counting']]) {
    const receiver = { init() {}, start() {}, stop() {} };
    const authorize = async () => ({ botToken: 'xoxb', botUserId: 'UB', botId: 'BB' });
    const app = new App({ receiver, authorize, logLevel: 'error' });
    for (const each of order) listeners[each](app);
    const told = [];
    for (const text of ['deploy it', 'hello']) {
      heard.length = 0;
      const event = { type: 'message', channel: 'C2', user: 'U', ts: '1', text };
      const body = { type: 'event_callback', team_id: 'T', api_app_id: 'A', event, event_id: 'E' };
      await app.processEvent({ body, ack: async () => {} });
      told.push(`${text}: ${heard.sort().join(' and ')}`);
    }
    console.log(`JavaScript, ${order.join(', ')}: ${told.join('; ')}`);
  }
};
run();
JAVASCRIPT
seen=$(venv/bin/python -W ignore listening.py; node listening.js)
echo "$seen"
expected="Python, counting, deploying: deploy it: counting (200); hello: counting (200)
Python, deploying, counting: deploy it: deploying (200); hello: counting (200)
Python, channel, deploying: deploy it: of C1 (200); hello: of C1 (200)
JavaScript, counting, deploying: deploy it: counting and deploying; hello: counting
JavaScript, deploying, counting: deploy it: counting and deploying; hello: counting"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
