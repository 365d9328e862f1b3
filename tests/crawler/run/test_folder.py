import errno

import pytest

from crawler.run.folder import put


def test_a_file_appears_whole_and_replaces_the_one_before(tmp_path):
    path = tmp_path / "run.json"
    put(path, b"eerst")
    put(path, b"daarna")
    assert path.read_bytes() == b"daarna"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_no_part_and_the_old_file_as_it_was(tmp_path):
    path = tmp_path / "run.json"
    put(path, b"eerst")
    (tmp_path / "run.json.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"run\.json") as error:
        put(path, b"nieuw" * 10_000)
    assert error.value.errno == errno.ENOSPC
    assert path.read_bytes() == b"eerst"
    assert list(tmp_path.iterdir()) == [path]
