"""A server's hosting workshop with scripts for models; its duties are done when a test says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.endpoints import endpoint, endpoint_config, telling, update
from secondlook.hosting.endpoints.deployment import Deployment, Later
from secondlook.hosting.endpoints.fleet import Fleet
from secondlook.hosting.endpoints.placement import Placement
from secondlook.hosting.invocation.invoke import Invocation
from secondlook.hosting.models import model
from secondlook.hosting.packages import Packages, Products, subscriptions
from secondlook.outbound import Outbound
from secondlook.settings import Settings
from secondlook.store.files import Files
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import duty

from .circumstances import NOW, PATIENCE, PLACE
from .products import write_product

ONE: Mapping[str, float] = MappingProxyType({"AllTraffic": 1.0})

SCRIPT = """
    import os
    def transform_fn(model, body, content_type, accept):
        if body == b"die":
            os._exit(3)
        if body == b"fail":
            raise ValueError("no such label")
        return f"{os.environ['GREETING']} {os.getpid()}", "text/plain"
"""


def carry_through(store: Store, do: Callable[[Duty], Later | None], owed: Duty) -> None:
    """Do a duty as often as it is owed again, without waiting for when that is due."""
    end = time.monotonic() + PATIENCE
    while (later := do(owed)) is not None:
        assert time.monotonic() < end, f"{owed.kind} did not come to its end in {PATIENCE:g} s"
        with store.write() as cx:
            later(cx, NOW)
            again = cx.execute(select(duty).order_by(duty.c.id.desc()).limit(1)).one()
            cx.execute(duty.delete().where(duty.c.id == again.id))
        owed = replace(owed, payload=again.payload)
        time.sleep(0.01)


class Town:
    """A server's hosting workshop, with products of its own; `restart` is a new server on the same data."""

    def __init__(self, store: Store, home: Path) -> None:
        self.store = store
        self.home = home
        self.objects = Files(store, home / "objects")
        self.now = NOW
        write_product(home / "catalog", "script", SCRIPT)
        write_product(home / "catalog", "broken", "import a_library_that_nobody_has")
        self.catalog = Catalog([home / "catalog"])
        self.packages = Packages(PLACE, Products(self.catalog, PLACE.region))
        self.fleet = self.another_server(home)

    def another_server(self, home: Path) -> Fleet:
        """The fleet of one more server on the same database."""
        fleet = Fleet(
            self.store, PLACE, Placement(Settings(data=home), Outbound(["127.0.0.0/8"]), self.objects)
        )
        fleet.start()
        return fleet

    @property
    def deployment(self) -> Deployment:
        return Deployment(self.store, self.fleet, lambda: self.now)

    def restart(self) -> None:
        self.fleet.stop()
        self.fleet = self.another_server(self.home)

    def configure(
        self,
        name: str,
        product: str = "script",
        weights: Mapping[str, float] = ONE,
        instances: int = 1,
        **environment: str,
    ) -> None:
        """Make a model and an endpoint config of this name; `weights` are those of its variants, which all run the model."""
        package = {
            "ModelPackageName": self.catalog.by_id(product).arn("us-east-1"),
            "Environment": environment,
        }
        variants = [
            {
                "VariantName": variant,
                "ModelName": name,
                "InstanceType": "ml.m4.xlarge",
                "InitialInstanceCount": instances,
                "InitialVariantWeight": weight,
            }
            for variant, weight in weights.items()
        ]
        with self.store.write() as cx:
            subscriptions.subscribe(cx, self.catalog.by_id(product), "AKID", NOW, license_accepted=True)
            model.create(cx, self.packages, PLACE, {"ModelName": name, "PrimaryContainer": package}, NOW)
            params = {"EndpointConfigName": name, "ProductionVariants": variants}
            endpoint_config.create(cx, self.packages, PLACE, params, NOW)

    def create(self, product: str = "script", name: str = "e", **more: Any) -> None:
        """`more` as of `configure`."""
        self.configure(name, product, **more)
        with self.store.write() as cx:
            endpoint.create(cx, self.packages, PLACE, name, name, NOW)

    def update(self, config: str, name: str = "e", **more: Any) -> None:
        """Begin UpdateEndpoint; `more` are further members of it."""
        params = {"EndpointName": name, "EndpointConfigName": config, **more}
        with self.store.write() as cx:
            update.begin(cx, self.packages, PLACE, params, NOW)

    def resize(self, *desired: dict[str, Any], name: str = "e") -> None:
        """Begin UpdateEndpointWeightsAndCapacities."""
        with self.store.write() as cx:
            update.begin_capacities(cx, PLACE, name, desired, NOW)

    def owed(self, tries: int = 1) -> list[Duty]:
        """All but events, which are the clock's affair, each at this try of its own."""
        with self.store.read() as cx:
            rows = cx.execute(select(duty).where(duty.c.kind != telling.DUTY).order_by(duty.c.id)).all()
        return [Duty(row.id, row.kind, row.queueing_key, row.payload, tries, row.created_at) for row in rows]

    def work(self) -> None:
        """Do what is owed, as the clock would, but without waiting for when it is due."""
        for owed in self.owed():
            deployment = self.deployment
            do: Callable[[Duty], Later | None] = {
                "deploy-endpoint": deployment.deploy,
                "update-endpoint": deployment.update,
                "delete-endpoint": deployment.withdraw,
                "withdraw-variants": deployment.withdraw_variants,
            }[owed.kind]
            carry_through(self.store, do, owed)
            with self.store.write() as cx:
                cx.execute(duty.delete().where(duty.c.id == owed.id))

    def deploy(self, product: str = "script", **more: Any) -> None:
        self.create(product, **more)
        self.work()

    def describe(self, name: str = "e") -> dict[str, Any]:
        with self.store.read() as cx:
            routes = self.fleet.routes
            return endpoint.describe(cx, PLACE, name, routes.answering(name), routes.arriving(name))

    def invoke(self, body: bytes = b"", name: str = "e", target: str | None = None) -> Invocation:
        async def once() -> Invocation:
            try:
                return await self.fleet.invoker.invoke(name, body, {"Content-Type": "a/b"}, target)
            finally:
                self.fleet.invoker.close()

        return asyncio.run(once())

    def greeting(self, **more: Any) -> str:
        return self.invoke(**more).body.decode().split()[0]

    def pid(self) -> int:
        return int(self.invoke().body.split()[1])
