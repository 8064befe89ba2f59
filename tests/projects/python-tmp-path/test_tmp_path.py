import os
import shutil
import tempfile
from pathlib import Path


def test_starts_empty(tmp_path):
    assert list(tmp_path.iterdir()) == []


def test_write_and_read(tmp_path):
    file = tmp_path / "a" / "b.txt"
    file.parent.mkdir()
    file.write_text("größer\n", encoding="utf-8")
    assert file.read_bytes() == b"gr\xc3\xb6\xc3\x9fer\n"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b.txt"]


def test_each_test_has_its_own(tmp_path):
    assert not (tmp_path / "a").exists()


def test_rename_copy_and_delete(tmp_path):
    (tmp_path / "one").write_text("1")
    (tmp_path / "one").rename(tmp_path / "two")
    shutil.copy(tmp_path / "two", tmp_path / "three")
    shutil.copytree(tmp_path, tmp_path.parent / "copy_of_it")
    (tmp_path / "two").unlink()
    assert [path.name for path in tmp_path.iterdir()] == ["three"]
    shutil.rmtree(tmp_path.parent / "copy_of_it")
    assert not (tmp_path.parent / "copy_of_it").exists()


def test_factory_gives_numbered_folders(tmp_path_factory):
    first, second = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("data")
    assert (first.name, second.name) == ("data0", "data1")


def test_tempfile_module():
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(b"x")
        file.flush()
        assert os.path.getsize(file.name) == 1
    assert not os.path.exists(folder)


def test_files_beside_the_test_can_be_read():
    assert (Path(__file__).parent / "data" / "greeting.txt").read_text() == "hello\n"


def test_working_folder_is_the_root():
    assert Path("data/greeting.txt").read_text() == "hello\n"


def test_missing_file(tmp_path):
    (tmp_path / "nowhere.txt").read_text()
