"""What the tests need: a running Glassmap, named by GLASSMAP_ADDRESS and GLASSMAP_TOKEN, and the crystals of ``data``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from glassmap import Glassmap

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="session")
def lab() -> Glassmap:
    missing = [name for name in ("GLASSMAP_ADDRESS", "GLASSMAP_TOKEN") if not os.environ.get(name)]
    if missing:
        pytest.skip(f"no live instance: {' and '.join(missing)} not set (./glassmap up, then see CONTRIBUTING.md)")
    return Glassmap()


@pytest.fixture(scope="session")
def crystals() -> dict:
    """The eight crystals of the line by name, as ASE atoms with the energies, forces and stresses they were stored with."""
    ase_io = pytest.importorskip("ase.io")
    frames = ase_io.read(DATA / "crystals" / "crystals.extxyz", index=":")
    return {frame.info["parent"]: frame for frame in frames}


@pytest.fixture(scope="session")
def stated(lab) -> str:
    """The method of the stored labels."""
    return lab.method("stated", "static", levelOfTheory="SevenNet-0 (PBE-like)")


@pytest.fixture(scope="session")
def labels(lab, crystals, stated) -> dict:
    """Label ids by crystal."""
    return dict(zip(crystals, lab.post_labels(crystals.values(), stated, name="crystals.extxyz")))


@pytest.fixture(scope="session")
def teacher() -> bytes:
    return (DATA / "teacher" / "teacher.potential").read_bytes()
