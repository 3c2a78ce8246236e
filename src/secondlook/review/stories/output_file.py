"""Writing output.json, when a loop ends and again when that failed: the object first, then what the rows say of it.

Blocks, and no transaction of the caller may be open.
"""

from __future__ import annotations

from datetime import datetime

from secondlook.names import Place
from secondlook.review import closing
from secondlook.review.decisions import output
from secondlook.review.errors import Unwritten
from secondlook.store import encryption
from secondlook.store.disk import outwards
from secondlook.store.errors import ObjectError
from secondlook.store.objects import About, Objects
from secondlook.store.session import Store


def put(objects: Objects, contents: output.Closing, now: datetime) -> None:
    """Write the document to its place, or over itself; raises Unwritten, whose cause is what storage said."""
    bucket, key = output.location(
        contents.output_path, contents.flow_name, contents.created_at, contents.loop_name
    )
    try:
        kept = encryption.with_key(contents.kms_key_id) or encryption.default(objects, bucket)
        about = About("application/json", encryption=kept)
        objects.put(bucket, key, output.document(contents), about, now)
    except (ObjectError, OSError) as error:
        raise Unwritten(
            f"The output could not be written to s3://{bucket}/{key}: {outwards(error)}"
        ) from error


def write_again(
    store: Store, objects: Objects, loop_name: str, place: Place, issuer: str, now: datetime
) -> None:
    """Write what could not be written when the loop ended; it then has the status it would have had.

    Raises NotFound, Invalid where there is nothing to write, Unwritten while the cause is there.
    """
    with store.read() as cx:
        loop_id, contents = closing.unwritten(cx, loop_name, place, issuer)
    put(objects, contents, now)
    with store.write() as cx:
        closing.rewritten(cx, loop_id, place, now)
