"""A recording of an invented shop with seven kinds of dirt, each in few of its notifications: the same every time."""

from random import Random
from uuid import UUID

_DIRTY = 131  # every so many orders one is dirty, each kind in its turn


def notifications(orders=2000):
    """Yield envelopes of four contracts, one a minute."""
    for number, envelope in enumerate(_notifications(orders)):
        time = envelope["timestamp"]
        day, hour, minute = number // 1440 + 1, number // 60 % 24, number % 60
        yield {**envelope, "timestamp": f"{time[:8]}{day:02}{time[10]}{hour:02}:{minute:02}{time[16:]}"}


def _notifications(orders):
    random = Random(7)
    for number in range(orders):
        order = _uuid(random)
        created = _created(random, order)
        if number % _DIRTY == _DIRTY - 1:
            DIRT[number // _DIRTY % len(DIRT)](created)
        yield created
        if random.random() < 0.7:
            method = random.choice(["card", "card", "invoice", "paypal"])
            payload = {"order_id": order, "status": "paid", "method": method, "paid_at": _time(random)}
            yield _envelope(random, "order.paid", payload)
        if random.random() < 0.1:
            yield _envelope(random, "order.failed", f"refused by bank {random.randint(1, 9999)}", "ERROR")
        if random.random() < 0.5:
            address = {"zip": f"{random.randint(10000, 99999)}", "country": random.choice(["DE", "CH", "AT"])}
            payload = {
                "order_id": order,
                "status": "shipped",
                "tracking": f"{random.getrandbits(36)}",
                "address": address,
            }
            yield _envelope(random, "order.shipped", payload)


def _created(random, order):
    items = [
        {
            "sku": f"{random.choice('ABC')}{random.randint(100, 999)}",
            "quantity": random.randint(1, 5),
            "unit_price": {"amount": f"{random.randint(1, 99)}.50", "currency": random.choice(["EUR", "EUR", "USD"])},
        }
        for _ in range(random.randint(1, 3))
    ]
    gift = random.random() < 0.2
    payload = {
        "order_id": order,
        "status": "new",
        "customer": f"Customer {random.randint(1000, 9999)}",
        "items": items,
        "email": f"person{random.randint(1, 9999)}@mail.test",
        "ip": f"10.{random.randint(0, 255)}.{random.randint(0, 255)}.7",
        "gift": gift,
        "card_text": "for you" if gift else None,
        "labels": {_uuid(random): "x" for _ in range(random.randint(0, 2))},
    }
    return _envelope(random, "order.created", payload)


def _envelope(random, event_type, payload, priority="INFO"):
    return {
        "message_id": _uuid(random),
        "publisher_id": f"shop-{random.randint(1, 4)}",
        "event_type": event_type,
        "priority": priority,
        "timestamp": _time(random),
        "payload": payload,
    }


def _uuid(random):
    return str(UUID(int=random.getrandbits(128), version=4))


def _time(random):
    day, hour, minute = random.randint(1, 28), random.randint(0, 23), random.randint(0, 59)
    return f"2026-11-{day:02}T{hour:02}:{minute:02}:11.{random.randint(100, 999)}Z"


def _mistype(created):
    created["payload"]["oder_id"] = created["payload"].pop("order_id")


def _in_capitals(created):
    created["payload"]["status"] = "New"


def _as_text(created):
    created["payload"]["items"][0]["quantity"] = "2"


def _as_number(created):
    created["payload"]["items"][0]["unit_price"]["amount"] = 9.9


def _other_time(created):
    created["timestamp"] = created["timestamp"].replace("T", " ").removesuffix("Z")


def _placeholder(created):
    created["payload"]["email"] = "n/a"


def _one_more(created):
    created["payload"]["debug"] = True


DIRT = (_mistype, _in_capitals, _as_text, _as_number, _other_time, _placeholder, _one_more)
PLACES = (
    ("/payload/oder_id", "additionalProperties"),
    ("/payload/order_id", "required"),
    ("/payload/status", "const"),
    ("/payload/items/*/quantity", "type"),
    ("/payload/items/*/unit_price/amount", "type"),
    ("/timestamp", "pattern"),
    ("/payload/email", "format"),
    ("/payload/debug", "additionalProperties"),
)
