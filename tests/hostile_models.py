"""Models that mean harm, for tests: what they are made of is what the code of a stranger may hold."""

from __future__ import annotations

RUN_WHAT_IS_SENT = """
    import ctypes, os, resource, signal, socket, subprocess, sys, threading, time
    from pathlib import Path

    def transform_fn(model, body, content_type, accept):
        names = dict(globals())
        try:
            exec(body.decode(), names)
        except Exception as error:
            return repr({"error": type(error).__name__})
        return repr({"result": names.get("result")})
"""

GOES_ITS_OWN_WAY = """
    for _ in range(3):
        if os.fork() == 0:
            try:
                os.setsid()
            except OSError:
                pass
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if os.fork() == 0:
                time.sleep(1000)
            os._exit(0)
"""
"""Processes that leave their session, lose their parent and hear no SIGTERM."""

LEAKS = """
    def leak():
        kept = []
        while True:
            try:
                kept.append(b"x" * (16 << 20))
            except MemoryError:
                pass
            time.sleep(0.05)
    threading.Thread(target=leak, daemon=True).start()
"""

FORKS = """
    if os.fork() == 0:
        while True:
            try:
                if os.fork() == 0:
                    time.sleep(1000)
            except OSError:
                time.sleep(0.01)
"""

SHOUTS = (
    "threading.Thread(target=lambda: [os.write(2, b'y' * 65536) for _ in iter(int, 1)], daemon=True).start()"
)

ANSWERS = """
    import os, socket, stat, threading

    OK = b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok"

    def answer(connection):
        with connection:
            while request := connection.recv(65536):
                if b"/ping" in request:
                    connection.sendall(OK)
                elif b"no-http" in request:
                    connection.sendall(b"\\x00\\x01 hello\\r\\n\\r\\n")
                elif b"too-short" in request:
                    connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 100\\r\\n\\r\\nok")
                    return
                elif b"wrong-length" in request:
                    connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\nok")
                elif b"endless" in request:
                    connection.sendall(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
                    while True:
                        connection.sendall(b"10000\\r\\n" + bytes(0x10000) + b"\\r\\n")
                elif b"twice" in request:
                    connection.sendall(OK + OK.replace(b"ok", b"no"))
                elif b"never" not in request:
                    connection.sendall(OK)

    def serve(connection):
        try:
            answer(connection)
        except OSError:
            pass

    for descriptor in map(int, os.listdir("/proc/self/fd")):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                listener = socket.socket(fileno=descriptor)
            elif descriptor > 2 and stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                os.write(descriptor, b"ready\\n")
        except OSError:
            pass
    while True:
        threading.Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()
"""
"""Takes over the socket that the model server listens on, and answers what it likes."""

PINGS_SLOWLY = ANSWERS.replace(
    """                if b"/ping" in request:
                    connection.sendall(OK)
""",
    """                if b"/ping" in request:
                    while True:
                        connection.sendall(b"H")
                        threading.Event().wait(0.5)
""",
)
"""Its pings never fail, and never pass."""

ANNOUNCES_WITHOUT_END = """
    import os, stat

    for descriptor in map(int, os.listdir("/proc/self/fd")):
        try:
            if descriptor > 2 and stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                while True:
                    os.write(descriptor, b"x" * 65536)
        except OSError:
            pass
"""
"""Never ends the line that says that it is ready."""
