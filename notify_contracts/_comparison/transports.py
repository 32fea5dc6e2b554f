"""Where two catalogs say that a service sends: exchanges, topics, and how a routing key is made."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from notify_contracts._comparison.advice import advice
from notify_contracts._comparison.findings import Direction, Finding, Kind, Witness, witness_of
from notify_contracts._comparison.identity import digest
from notify_contracts._schema import quoted
from notify_contracts.catalog import MANIFEST, Catalog, Contract
from notify_contracts.model import EXCHANGE, ROUTING_KEY, TOPIC, Delivery, Notification
from notify_contracts.wire import routing_key

_ANY = "any"
_ELSEWHERE = "elsewhere"


def of_transport(old: Catalog, new: Catalog, common: Sequence[tuple[Contract, Contract]]) -> Iterator[Finding]:
    """Yield what differs in the transport, each once in a direction; `common` are the contracts that both have."""
    if not common:
        return
    of_old, of_new = common[0]
    for direction, sender, contract, hearer in (
        (Direction.NEW_SENDS, new, of_new, old),
        (Direction.OLD_SENT, old, of_old, new),
    ):
        for keyword, was, now, delivery in _differing(sender, hearer, contract, (old, new)):
            witness = _witness(contract, hearer, delivery, keyword)
            ids = tuple(one.id for _, one in common)
            told = advice(direction, Kind.TRANSPORT, keyword)
            yield Finding(
                direction, Kind.TRANSPORT, keyword, keyword, was, now, ids, *told, witness, (MANIFEST,),
                everywhere=True, rules=partial(_rules, keyword, (old, new)),
            )  # fmt: skip


def _rules(keyword: str, both: tuple[Catalog, Catalog]) -> Mapping[tuple[str, str], str]:
    stated = {
        EXCHANGE: [list(each.transport.exchanges) for each in both],
        TOPIC: [list(each.transport.topics) for each in both],
        ROUTING_KEY: [each.routing_key for each in both],
    }
    return {("", keyword): digest(stated[keyword])}


def _differing(
    sender: Catalog, hearer: Catalog, contract: Contract, both: tuple[Catalog, Catalog]
) -> Iterator[tuple[str, str, str, Delivery]]:
    """Yield what refuses, what was and is stated, and how the sender may send what the hearer does not expect."""
    exchange, topic = _default(sender, hearer)
    key = _key(contract, sender, topic)
    old, new = both
    for name in _only(sender.transport.exchanges, hearer.transport.exchanges):
        was, now = (_named(each.transport.exchanges) for each in both)
        yield EXCHANGE, was, now, Delivery(name, key)
        break
    for name in _only(sender.transport.topics, hearer.transport.topics):
        was, now = (_named(each.transport.topics) for each in both)
        yield TOPIC, was, now, Delivery(exchange, _key(contract, sender, name))
        break
    if old.routing_key != new.routing_key:
        yield ROUTING_KEY, quoted(old.routing_key), quoted(new.routing_key), Delivery(exchange, key)


def _default(sender: Catalog, hearer: Catalog) -> tuple[str, str]:
    """Return an exchange and a topic to which nobody objects, where there are such."""
    exchanges = [name for name in sender.transport.exchanges if name in hearer.transport.exchanges]
    topics = [name for name in sender.transport.topics if name in hearer.transport.topics]
    exchange = next(iter((*exchanges, *sender.transport.exchanges, *hearer.transport.exchanges)), _ELSEWHERE)
    return exchange, next(iter((*topics, *sender.transport.topics, *hearer.transport.topics)), sender.topic)


def _only(sent: Sequence[str], heard: Sequence[str]) -> Sequence[str]:
    """Return where is sent and not listened; nothing stated is anywhere."""
    if not heard:
        return ()
    return [name for name in sent if name not in heard] if sent else [_ELSEWHERE]


def _named(names: Sequence[str]) -> str:
    return " or ".join(map(quoted, names)) or _ANY


def _key(contract: Contract, sender: Catalog, topic: str) -> str:
    return routing_key(topic, contract.priority, contract.event_type, sender.routing_key)


def _witness(contract: Contract, hearer: Catalog, delivery: Delivery, keyword: str) -> Witness | None:
    """Return how a notification may come, where it is refused for that; it need not else keep what the hearer says.

    Of a routing key that is made otherwise the hearer may say that its topic is a wrong one.
    """
    refusing = (keyword,) if keyword != ROUTING_KEY else (ROUTING_KEY, TOPIC)
    envelope: Mapping[str, Any] = {"event_type": contract.event_type, "priority": contract.priority}
    if contract.examples:
        envelope = contract.schemas.secrets.hidden(contract.examples[0])
    notification = Notification(envelope, {}, "2.0", delivery)
    for violation in hearer.check(notification, transport=None).violations:
        if violation.keyword in refusing:
            return witness_of(contract, violation.message, envelope, delivery)
    return None
