"""Who may bring code and files of their own for a model, and from where: the check of CreateModel [decision 47]."""

from __future__ import annotations

from secondlook.api.call import Call
from secondlook.hosting.container import Container
from secondlook.hosting.endpoints.resolution import containers
from secondlook.hosting.files.pinning import Pins, check_there, pins
from secondlook.hosting.models import model
from secondlook.wire import errors


def check_bringing(call: Call, container: Container) -> None:
    """Refuse a model that would run what the caller may not bring, or whose files they may not read or that are not there.

    No transaction may be open: the object store is asked.
    """
    if not container.confined:
        return
    if not call.services.settings.allow_model_code:
        raise errors.access_denied(
            "This server runs no code or files of those who make models. Whoever runs it can allow it with the setting "
            "allow_model_code (--allow-model-code, SECONDLOOK_ALLOW_MODEL_CODE); `secondlook env --brings-code` then has a key that may, "
            "and `secondlook keys create --brings-code` makes keys for others."
        )
    call.caller.check_brings_code()
    for data in (container.model_data, container.source):
        if data is not None:
            call.caller.check_bucket(data.bucket)
    if container.model_data is not None:
        check_there(call.services.objects, container.model_data)


def pins_of(call: Call, config_name: str) -> Pins:
    """The versions of all model data that an endpoint config's models name, as they are now. No transaction may be open."""
    with call.store.read() as cx:
        named = containers(cx, call.services.packages, call.place, config_name)
    return pins(call.services.objects, named)


def pins_of_model(call: Call, name: str) -> Pins:
    """As `pins_of`, of one model. Raises NotFound, or Invalid for a model that cannot run any more."""
    with call.store.read() as cx:
        _, container = model.resolve(cx, call.services.packages, call.place, name)
    return pins(call.services.objects, [container])
