"""Subscriptions: which products may be made into models, and who accepted which licence [marketplace.md]."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from secondlook.hosting.catalog import Product
from secondlook.hosting.errors import Invalid
from secondlook.store.insert import insert_new
from secondlook.store.tables import subscription


def subscribe(cx: Connection, product: Product, by: str, now: datetime, *, license_accepted: bool) -> None:
    """Subscribe, recording the licence text that was accepted and by whom; again is no change.

    Raises Invalid unless the licence was accepted.
    """
    if not license_accepted:
        raise Invalid(
            f"The licence of {product.id} ({product.license_name}) has to be accepted to subscribe. "
            f"Read it with `secondlook catalog show {product.id}`, then give --accept-license."
        )
    insert_new(
        cx,
        subscription,
        product=product.id,
        license_sha256=product.license_sha256,
        accepted_by=by,
        created_at=now,
    )


def unsubscribe(cx: Connection, product: Product) -> None:
    """End the subscription: what runs keeps running, and no new models are made. Raises Invalid if there is none."""
    if cx.execute(delete(subscription).where(subscription.c.product == product.id)).rowcount == 0:
        raise Invalid(f"There is no subscription to {product.id}.")


def subscribed(cx: Connection) -> frozenset[str]:
    """The ids of all products subscribed to."""
    return frozenset(cx.scalars(select(subscription.c.product)))
