"""What a model's requirements.txt may say, and what is refused by line and name."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from secondlook.hosting.instances.kinds.local.environments.requirements import (
    MOST_BYTES,
    MOST_FILES,
    Refused,
    Requirements,
    read,
)
from tests.wheels import wheel


def written(code: Path, text: str, name: str = "requirements.txt") -> Path:
    file = code / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def lines(code: Path, text: str) -> tuple[str, ...]:
    return read(written(code, text)).lines


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("tiny", "tiny"),
        ("\ufefftiny\r\n\r\n", "tiny"),
        ("  tiny == 1.0  # the first", "tiny==1.0"),
        ("# nothing\ntiny<2,>=1", "tiny<2,>=1"),
        ("tiny[fast,small]>=1", "tiny[fast,small]>=1"),
        ('tiny; python_version < "3"', 'tiny; python_version < "3"'),
        ("tiny \\\n  == 1.0 \\\n  --hash=sha256:AB12", "tiny==1.0 --hash=sha256:ab12"),
        ("tiny==1.0 --hash=sha256:cd --hash sha256:ab", "tiny==1.0 --hash=sha256:ab --hash=sha256:cd"),
    ],
)
def test_a_line_is_read_as_what_it_means(tmp_path: Path, text: str, read_as: str) -> None:
    assert lines(tmp_path, text) == (read_as,)


def test_order_spaces_and_repetitions_make_no_difference(tmp_path: Path) -> None:
    assert lines(tmp_path, "b\na==1\n") == lines(tmp_path, "a == 1\n\nb # last\nb\n") == ("a==1", "b")


def test_files_of_the_same_folder_are_included(tmp_path: Path) -> None:
    written(tmp_path, "numpy<3\n-r ../requirements.txt", "more/limits.txt")
    written(tmp_path, "other\n-r requirements.txt", "base.txt")

    wanted = read(written(tmp_path, "tiny\n-r base.txt\n--requirement=base.txt\n-c more/limits.txt"))

    assert wanted.lines == ("other", "tiny")
    assert "numpy<3" in wanted.constraints


@pytest.mark.parametrize("prefix", ["./", "", "/opt/ml/model/code/", "file:///opt/ml/model/code/"])
def test_a_wheel_beside_the_file_is_wanted_by_name_version_and_hash(tmp_path: Path, prefix: str) -> None:
    content = wheel("own", "1.0")
    place = tmp_path / "wheels" / "own-1.0-py3-none-any.whl"
    place.parent.mkdir()
    place.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()

    wanted = read(written(tmp_path, f"{prefix}wheels/own-1.0-py3-none-any.whl"))

    assert wanted == Requirements((f"own==1.0 --hash=sha256:{digest}",), (), {digest: place})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("-e .", "-e is not followed: only wheels are installed"),
        ("--editable=.", "--editable is not followed: only wheels are installed"),
        (
            "-i https://example.com/simple",
            "-i is not followed: where libraries come from is said by whoever runs the server",
        ),
        ("--index-url=https://example.com", "--index-url is not followed: where"),
        ("--extra-index-url https://example.com", "--extra-index-url is not followed: where"),
        ("-f https://example.com", "-f is not followed: where"),
        ("--find-links=/tmp", "--find-links is not followed: where"),
        ("--trusted-host example.com", "--trusted-host is not followed: where"),
        ("--no-index", "--no-index is not followed: where"),
        ("--no-binary :all:", "--no-binary is not followed: only wheels"),
        ("--only-binary :none:", "--only-binary is not followed: only wheels"),
        ("tiny --no-binary=tiny", "--no-binary is not followed: only wheels"),
        ("--pre", "--pre is not followed: name the version"),
        ("--require-hashes", "--require-hashes is not followed: hashes are checked"),
        ('tiny --config-settings="--x"', "--config-settings is not followed: a line names a library"),
        ("--new-option", "--new-option is not followed: a line names a library"),
        ("git+https://example.com/tiny.git", "is not followed: only wheels"),
        ("tiny @ git+ssh://git@example.com/tiny", "is not followed: only wheels"),
        ("https://example.com/tiny-1.0-py3-none-any.whl", "is not followed: a URL would pass by"),
        ("tiny @ https://example.com/tiny-1.0-py3-none-any.whl", "is not followed: a URL would pass by"),
        ("tiny @ file:///etc/tiny-1.0-py3-none-any.whl", "is not followed: a URL would pass by"),
        ("tiny @ ./tiny-1.0-py3-none-any.whl", "is not followed"),
        ("file:///etc/tiny-1.0-py3-none-any.whl", "lies outside of the folder"),
        ("/etc/tiny-1.0-py3-none-any.whl", "lies outside of the folder"),
        ("../tiny-1.0-py3-none-any.whl", "lies outside of the folder"),
        ("./link/tiny-1.0-py3-none-any.whl", "lies outside of the folder"),
        ("./nobody-1.0-py3-none-any.whl", "there is no file './nobody-1.0-py3-none-any.whl' beside this one"),
        ("./folder", "there is no file './folder' beside this one"),
        ("./tiny.whl", "is no wheel by its name"),
        ("./tiny-1.0.tar.gz", "is no wheel by its name"),
        ("tiny-1.0.tar.gz", "is not followed: only wheels"),
        ("-r ../outside.txt", "lies outside of the folder"),
        ("-r /etc/passwd", "lies outside of the folder"),
        ("-rnobody.txt", "there is no file 'nobody.txt'"),
        ("-c https://example.com/limits.txt", "there is no file 'https://example.com/limits.txt'"),
        ("tiny-${UV_INDEX_PASSWORD}", "variables are not put in place"),
        ("tiny ==", "'tiny ==' is not followed: Expected"),
        ("Secondlook", "secondlook is there already"),
    ],
)
def test_what_is_not_followed_is_refused_by_file_line_and_name(tmp_path: Path, line: str, said: str) -> None:
    code = tmp_path / "code"
    written(tmp_path, "tiny", "outside.txt")
    (tmp_path / "tiny-1.0-py3-none-any.whl").write_bytes(b"")
    (code / "folder").mkdir(parents=True)
    (code / "link").symlink_to(tmp_path)
    for name in ("tiny.whl", "tiny-1.0.tar.gz"):
        (code / name).write_bytes(b"")
    written(code, f"# a comment\nnumpy\n{line}\n", "base.txt")

    with pytest.raises(Refused) as refused:
        lines(code, "tiny\n-r base.txt")

    assert str(refused.value).startswith("base.txt, line 3: ")
    assert said in str(refused.value)


def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"requirements.txt is larger than 1,048,576 bytes"):
        lines(tmp_path, "#" * (MOST_BYTES + 1))
    (tmp_path / "requirements.txt").write_bytes(b"tiny \xff")
    with pytest.raises(Refused, match=r"requirements.txt is no text in UTF-8"):
        read(tmp_path / "requirements.txt")


def test_files_that_include_each_other_without_end_are_refused(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        written(tmp_path, f"-r {number + 1}.txt", f"{number}.txt")

    with pytest.raises(Refused, match=f"at most {MOST_FILES} include each other"):
        lines(tmp_path, "-r 0.txt")
