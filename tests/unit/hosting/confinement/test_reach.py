"""What a confined model reaches: its own files to read, a folder to write in, and nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from .conftest import Hostile, StartHostile, invoke, lives


def started(hostile: StartHostile) -> Hostile:
    model = hostile()
    model.instance.ready()
    return model


def test_it_answers_and_reads_its_own_files_only(hostile: StartHostile, tmp_path: Path) -> None:
    model = started(hostile)
    secret = tmp_path / "data" / "vault.key"
    secret.write_text("secret")
    secret.chmod(0o644)

    assert model.run(f"result = Path({str(model.model_dir / 'code' / 'inference.py')!r}).is_file()") is True
    for place in (
        secret,
        model.instance._directory.path,
        "/etc/passwd",
        "/etc/shadow",
        "/home",
        "/var",
        "/root/.ssh",
    ):
        assert model.refuses(
            f"path = Path({str(place)!r}); result = os.listdir(path) if path.is_dir() else open(path).read()"
        ), place


def test_it_writes_into_its_temporary_folder_only_and_not_without_end(hostile: StartHostile) -> None:
    model = started(hostile)

    assert (
        model.run(
            "path = Path(os.environ['TMPDIR'], 'x'); path.write_text('kept'); result = path.read_text()"
        )
        == "kept"
    )
    for place in (model.model_dir, "/usr", "/", "/etc"):
        assert model.refuses(f"open({str(place)!r} + '/x', 'w')"), place
    model.refuses(
        f"open({str(model.model_dir.parent)!r} + '/x', 'w')"
    )  # may be a folder of that name, of its own
    assert [path.name for path in model.model_dir.parent.iterdir()] == [model.model_dir.name]
    assert model.refuses(f"os.rename({str(model.model_dir / 'code')!r}, {str(model.model_dir / 'other')!r})")
    assert model.run("""
        import errno
        try:
            with open(os.environ["TMPDIR"] + "/large", "wb") as file:
                while True:
                    file.write(bytes(1 << 24))
        except OSError as error:
            result = error.errno in (errno.ENOSPC, errno.EFBIG), os.path.getsize(file.name) <= 512 << 20
        os.unlink(file.name)
    """) == (True, True)


def test_it_has_no_network(hostile: StartHostile) -> None:
    model = started(hostile)
    with (
        TemporaryDirectory(dir="/tmp") as folder,
        socket.socket(socket.AF_UNIX) as neighbour,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        path = f"{folder}/s"
        Path(folder).chmod(0o755)
        neighbour.bind(path)
        Path(path).chmod(0o777)
        neighbour.listen()
        port = server.getsockname()[1]
        assert model.refuses(f"socket.create_connection(('127.0.0.1', {port}), 2)")
        assert model.refuses(f"socket.socket(socket.AF_UNIX).connect({path!r})")
        # Nor by the calls that make sockets without `socket`.
        assert model.refuses(
            f"a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); a.sendto(b'x', {path!r})"
        )
        assert model.run("result = ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(120))") == -1
    assert model.run("a, b = socket.socketpair(); a.send(b'x'); result = b.recv(1)") == b"x"


def test_no_family_of_sockets_leads_out_of_its_namespace(hostile: StartHostile) -> None:
    """AF_VSOCK, to whoever runs this virtual machine, is the same in all."""
    opened = started(hostile).run("""
        result = []
        for family in range(64):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_RAW):
                for make in (socket.socket, socket.socketpair):
                    try:
                        make(family, kind)
                    except OSError:
                        continue
                    result.append(family)
    """)
    assert isinstance(opened, list)
    kept = {socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK}
    assert socket.AF_UNIX in opened
    assert set(opened) <= kept


def test_it_reaches_no_other_process(hostile: StartHostile) -> None:
    model, other = started(hostile), started(hostile)
    with subprocess.Popen(["sleep", "1000"], start_new_session=True) as bystander:
        targets = (bystander.pid, os.getpid(), *other.processes)
        for pid in targets:
            # In namespaces the number is another process's, or nobody's.
            model.run(f"""
                for act in (lambda: os.kill({pid}, signal.SIGKILL), lambda: os.killpg({pid}, signal.SIGKILL)):
                    if {pid} > 100:
                        try:
                            act()
                        except OSError:
                            pass
            """)
            assert model.refuses(f"Path('/proc/{pid}/environ').read_bytes() if {pid} > 100 else 1 / 0"), pid
            assert model.run(f"result = ctypes.CDLL(None).ptrace(16, {pid}, 0, 0)") == -1
            assert model.refuses(
                f"resource.prlimit({pid}, resource.RLIMIT_CPU, (0, 0)) if {pid} > 100 else 1 / 0"
            )
        assert all(map(lives, targets))
        bystander.kill()
    assert invoke(other.instance, b"result = 1", Content_Type="a/b") == (200, b"{'result': 1}")


def test_it_has_no_rights_and_gets_none(hostile: StartHostile) -> None:
    model = started(hostile)
    status = dict(
        line.split(":\t", 1)
        for line in str(model.run("result = Path('/proc/self/status').read_text()")).splitlines()
        if ":\t" in line
    )

    assert int(status["CapEff"], 16) == int(status["CapPrm"], 16) == 0
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    assert model.refuses("os.setuid(0)") or os.geteuid() == 0
    assert (
        model.run("result = subprocess.run(['unshare', '--user', 'true'], capture_output=True).returncode")
        != 0
    )
    assert (
        model.run(
            "result = subprocess.run(['mount', '-t', 'tmpfs', 'x', '/tmp'], capture_output=True).returncode"
        )
        != 0
    )
    assert model.run(
        "result = [resource.getrlimit(limit)[1] for limit in (resource.RLIMIT_CORE, resource.RLIMIT_NOFILE)]"
    ) == [0, 1024]


def test_files_are_copied_with_their_marks(hostile: StartHostile) -> None:
    model = started(hostile)

    assert (
        model.run(f"""
        import shutil
        result = Path(shutil.copy2({str(model.model_dir / "code" / "inference.py")!r}, os.environ["TMPDIR"])).is_file()
        os.chmod(os.environ["TMPDIR"] + "/inference.py", 0o600)
    """)
        is True
    )
