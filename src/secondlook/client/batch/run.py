"""A batch from its first object to its last."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from botocore.exceptions import ClientError

from secondlook.client import failures
from secondlook.client.batch import source as sources
from secondlook.client.batch.asking import Asker, Question
from secondlook.client.batch.patience import Abandoned, Patience
from secondlook.client.batch.progress_file import ProgressFile, usual_path
from secondlook.client.batch.source import Source, Thing
from secondlook.client.batch.summary import Summary
from secondlook.client.connection import Connection, present
from secondlook.client.errors import SecondlookError
from secondlook.client.service import Service
from secondlook.names import last_part

CONCURRENCY = 4
"""Keeps a model of 50 ms busy for 94 % of the time, as measured, and one of 20 ms for 87 %; no object waits for more than three others."""

PATIENCE = 300.0
"""Seconds for which a server that does not answer, or has no time, is waited for."""

FRUITLESS = 100
"""So many failures without a success between them end a batch: it is not the objects that are wrong."""

Report = Callable[[Summary], None]


def run_batch(
    flow: str,
    endpoint: str,
    source: str,
    *,
    concurrency: int = CONCURRENCY,
    content_type: str | None = None,
    progress_file: str | os.PathLike[str] | None = None,
    restart: bool = False,
    patience: float = PATIENCE,
    progress: Report | None = None,
    connection: Connection | None = None,
) -> Summary:
    """Ask a model about every object of `source`; the flow definition's conditions say which of them people look at.

    `source` is `s3://BUCKET/PREFIX`, or a manifest: JSON Lines like {"source-ref": "s3://BUCKET/KEY"} in a file, or in an object called
    *.manifest or *.jsonl. `concurrency` objects are asked about at once. What is done is written to `progress_file` (below the user's
    state directory unless given), so that the same call goes on where one was killed; `restart` begins anew. `progress` hears the
    summary after each object.

    An object that fails does not end the batch: the Summary says how many, and why. Ctrl-C lets what is under way finish, and the
    Summary says `is_complete` is false. Raises SecondlookError where nothing can be done at all, NoServer where the server has not
    answered for `patience` seconds.
    """
    if concurrency < 1:
        raise SecondlookError(f"concurrency is at least 1, not {concurrency}.")
    here = present(connection)
    service = Service(here.access, connections=concurrency + 1, tries=1)
    with failures.in_words():
        arn = here.flow_arn(flow)
        _check(service, last_part(arn), endpoint)
        stop = threading.Event()
        waiting = Patience(patience, stop)
        found = sources.of(service, source, waiting)
        batch = {"flow": arn, "endpoint": endpoint, "source": _absolute(found)}
        path = Path(progress_file) if progress_file else usual_path(batch)
        with ProgressFile.open(path, batch, restart=restart) as done:
            run = _Run(Asker(service, Question(arn, endpoint, content_type), waiting), done, stop, progress)
            return run.all_of(found, concurrency)


def _absolute(found: Source) -> str:
    """The source's name wherever one stands."""
    return found.name if found.name.startswith("s3://") else str(Path(found.name).resolve())


def _check(service: Service, flow: str, endpoint: str) -> None:
    """What would fail for each object is said before the first. Whose key may not look is not kept from trying."""
    sagemaker = service.client("sagemaker")
    try:
        state = sagemaker.describe_flow_definition(FlowDefinitionName=flow)["FlowDefinitionStatus"]
        if state != "Active":
            raise SecondlookError(
                f"The flow definition {flow} is {state}: it takes human loops once it is Active."
            )
        described = sagemaker.describe_endpoint(EndpointName=endpoint)
    except ClientError as error:
        if failures.is_denied(error):
            return
        raise
    if described["EndpointStatus"] not in ("InService", "Updating", "SystemUpdating"):
        why = f": {described['FailureReason']}" if described.get("FailureReason") else ""
        raise SecondlookError(
            f"The endpoint {endpoint} is {described['EndpointStatus']}{why}; it must be InService."
        )


class _Run:
    """One run. What threads share is behind `_lock`."""

    def __init__(
        self, asker: Asker, done: ProgressFile, stop: threading.Event, report: Report | None
    ) -> None:
        self._asker = asker
        self._stop = stop
        self._done = done
        self._report = report
        self._lock = threading.Lock()
        self._summary = Summary()
        self._since_success = 0
        self._fatal: BaseException | None = None

    def all_of(self, source: Source, concurrency: int) -> Summary:
        """Never more than `concurrency` objects are taken from the source before they are done."""
        free = threading.Semaphore(concurrency)
        with ThreadPoolExecutor(concurrency, "batch") as threads, closing(source.things()) as things:
            try:
                for thing in things:
                    if self._is_done(thing):
                        continue
                    free.acquire()
                    if self._stop.is_set():
                        break
                    threads.submit(self._one, thing).add_done_callback(lambda _: free.release())
            except (KeyboardInterrupt, Abandoned):
                self._summary.is_complete = False
                self._stop.set()
            except BaseException:
                self._stop.set()
                raise
        if self._fatal is not None:
            raise self._fatal
        return self._summary

    def _is_done(self, thing: Thing) -> bool:
        """Whether an earlier run did it, where that can be known without asking the server."""
        if thing.etag is None or not self._done.has(thing):
            return False
        with self._lock:
            self._skip()
        return True

    def _one(self, thing: Thing) -> None:
        """On a thread: nothing is raised here but by a mistake of ours, which ends the run."""
        try:
            self._decide(thing)
        except Abandoned:
            with self._lock:
                self._summary.is_complete = False
        except BaseException as error:  # noqa: BLE001  (told to whoever runs the batch)
            with self._lock:
                self._fatal = self._fatal or error
            self._stop.set()

    def _decide(self, thing: Thing) -> None:
        try:
            versioned = self._asker.version(thing)
            if thing.etag is None and self._done.has(versioned):
                with self._lock:
                    self._skip()
                return
            answer = self._asker.ask(versioned)
        except ClientError as error:
            self._failed(thing, failures.words(error).replace(thing.uri, "the object"))
            return
        loop = answer.get("HumanLoopArn")
        came = {"decision": answer["Decision"], "loop": last_part(loop) if loop else None}
        self._done.write(versioned, came)
        with self._lock:
            self._since_success = 0
            self._summary.decided(answer["Decision"])
            self._tell()

    def _failed(self, thing: Thing, reason: str) -> None:
        self._done.write(thing, {"error": reason})
        with self._lock:
            self._summary.fail(thing.uri, reason)
            self._since_success += 1
            self._tell()
            if self._since_success >= FRUITLESS:
                self._fatal = self._fatal or SecondlookError(
                    f"{FRUITLESS} objects failed one after the other, the last because: {reason} The batch has stopped; what is "
                    "done is kept."
                )
                self._stop.set()

    def _skip(self) -> None:
        """What was done before counts as a success: else those that failed then would end the batch by being tried again."""
        self._since_success = 0
        self._summary.skipped += 1
        self._tell()

    def _tell(self) -> None:
        if self._report:
            self._report(self._summary)
