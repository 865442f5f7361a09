"""Where the client looks for an installation, and what it says where there is none."""

import pytest

from glassmap import Glassmap, Unreachable


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("GLASSMAP_ADDRESS", "GLASSMAP_TOKEN", "GLASSMAP_HOME"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / ".glassmap"
    home.mkdir()
    (home / "admin-token").write_text("gm_0123456789_secret\n")
    below = tmp_path / "work" / "today"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    return home


def test_address_and_token_are_those_of_the_installation_above(folder):
    (folder / "settings.properties").write_text("#Tue Nov 24\naddress=0.0.0.0\nport=8790\n")
    lab = Glassmap()
    assert lab.address == "http://127.0.0.1:8790"
    assert lab.session.headers["Authorization"] == "Bearer gm_0123456789_secret"


def test_an_address_of_ipv6_is_one(folder):
    (folder / "settings.properties").write_text("address=fd00\\:\\:7\nport=8790\n")
    assert Glassmap().address == "http://[fd00::7]:8790"


def test_what_is_given_goes_before_what_is_found(folder, monkeypatch):
    (folder / "settings.properties").write_text("address=127.0.0.1\nport=8790\n")
    monkeypatch.setenv("GLASSMAP_ADDRESS", "http://lab:1/")
    assert Glassmap().address == "http://lab:1"
    assert Glassmap("http://other").address == "http://other"


def test_without_any_the_way_out_is_told(folder, monkeypatch):
    monkeypatch.setenv("GLASSMAP_HOME", str(folder / "elsewhere"))
    with pytest.raises(RuntimeError, match="GLASSMAP_TOKEN"):
        Glassmap()


def test_nobody_there_is_told_as_such():
    with pytest.raises(Unreachable, match="glassmap status"):
        Glassmap("http://127.0.0.1:9", "gm_0123456789_secret").structure("structure-1")
