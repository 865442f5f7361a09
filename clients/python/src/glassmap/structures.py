"""Structures between ASE, pymatgen and the wire, bit for bit."""

from __future__ import annotations

import hashlib
import io
import struct
from typing import Any, Iterable, Iterator, Mapping, Sequence, TextIO

import numpy as np


def to_document(structure: Any) -> dict[str, Any]:
    """The wire form of an ASE ``Atoms``, a pymatgen ``Structure`` or a wire form. Å; positions are not wrapped."""
    if isinstance(structure, Mapping):
        return dict(structure)
    if hasattr(structure, "get_chemical_symbols"):
        cell = np.asarray(structure.cell.array if hasattr(structure.cell, "array") else structure.cell, float)
        document: dict[str, Any] = {
            "species": list(structure.get_chemical_symbols()),
            "periodic": [bool(p) for p in structure.pbc],
            "positions": np.asarray(structure.positions, float).tolist(),
        }
        if np.any(cell):
            document["lattice"] = cell.tolist()
        return document
    if hasattr(structure, "lattice") and hasattr(structure, "cart_coords"):
        if not structure.is_ordered:
            raise ValueError("partial occupancies cannot be posted; choose one ordering")
        return {
            "species": [site.specie.symbol for site in structure],
            "periodic": [bool(p) for p in getattr(structure.lattice, "pbc", (True, True, True))],
            "lattice": np.asarray(structure.lattice.matrix, float).tolist(),
            "positions": np.asarray(structure.cart_coords, float).tolist(),
        }
    raise TypeError(f"not an ASE Atoms, a pymatgen Structure or a structure document: {type(structure).__name__}")


def from_document(document: Mapping[str, Any], kind: str = "ase") -> Any:
    """An ASE ``Atoms`` (``kind="ase"``) or a pymatgen ``Structure`` (``kind="pymatgen"``)."""
    species, positions = document["species"], document["positions"]
    lattice = document.get("lattice")
    if kind == "ase":
        from ase import Atoms

        return Atoms(species, positions=positions, cell=lattice, pbc=document.get("periodic", lattice is not None))
    if kind == "pymatgen":
        from pymatgen.core import Lattice, Structure

        periodic = tuple(document.get("periodic") or (True, True, True))
        return Structure(Lattice(lattice, pbc=periodic), species, positions, coords_are_cartesian=True)
    raise ValueError(f"kind must be 'ase' or 'pymatgen', got {kind!r}")


def structure_id(structure: Any) -> str:
    """The id the server will give: sha-256 of symbols, periodic directions, lattice and positions."""
    document = to_document(structure)
    lattice = np.asarray(document.get("lattice") or np.zeros((3, 3)), float)
    periodic = document.get("periodic")
    if periodic is None:
        periodic = [bool(np.any(lattice))] * 3
    numbers = np.concatenate([lattice.ravel(), np.asarray(document["positions"], float).ravel()]) + 0.0
    head = f"glassmap-structure-1\n{' '.join(document['species'])}\n".encode("ascii")
    body = bytes(bool(p) for p in periodic) + struct.pack(f">{len(numbers)}d", *numbers)
    return "structure-" + hashlib.sha256(head + body).hexdigest()


def write_extxyz(structures: Iterable[Any], attributes: Sequence[Mapping[str, Any]] | None = None) -> str:
    """Extended XYZ with shortest round-trip decimals; energy, forces and stress of ASE atoms' calculators go along."""
    out = io.StringIO()
    write_frames(structures, out, attributes)
    return out.getvalue()


def write_frames(
    structures: Iterable[Any], out: TextIO, attributes: Sequence[Mapping[str, Any]] | None = None
) -> None:
    """As :func:`write_extxyz`, into a file, one structure at a time."""
    for number, structure in enumerate(structures):
        document = to_document(structure)
        results = dict(getattr(getattr(structure, "calc", None), "results", None) or {})
        info = dict(getattr(structure, "info", None) or {})
        info.update(attributes[number] if attributes else {})
        _write_frame(out, document, results, info)


def read_extxyz(response: Any) -> Iterator[Any]:
    """ASE atoms, one at a time, of a streamed answer in extended XYZ."""
    import ase.io

    lines = response.iter_lines()
    for line in lines:
        count = line.decode().strip()
        if count:
            frame = "\n".join([count, *(next(lines).decode() for _ in range(int(count) + 1))])
            yield ase.io.read(io.StringIO(frame + "\n"), format="extxyz")


def _write_frame(out: TextIO, document: Mapping[str, Any], results: Mapping[str, Any], info: Mapping[str, Any]):
    forces = results.get("forces")
    fields = []
    if document.get("lattice") is not None:
        fields.append('Lattice="' + _numbers(np.asarray(document["lattice"], float).ravel()) + '"')
    fields.append("Properties=species:S:1:pos:R:3" + (":forces:R:3" if forces is not None else ""))
    if results.get("energy") is not None:
        fields.append(f"energy={float(results['energy'])!r}")
    if results.get("stress") is not None:
        fields.append('stress="' + _numbers(_full_stress(results["stress"]).ravel()) + '"')
    periodic = document.get("periodic") or [document.get("lattice") is not None] * 3
    fields.append('pbc="' + " ".join("T" if p else "F" for p in periodic) + '"')
    for key, value in info.items():
        if isinstance(value, (str, int, float, np.integer, np.floating)) and key not in {"energy", "stress", "forces"}:
            fields.append(f"{key}={_quoted(str(value))}")
    print(len(document["species"]), file=out)
    print(" ".join(fields), file=out)
    for i, (symbol, position) in enumerate(zip(document["species"], document["positions"])):
        row = list(position) + (list(forces[i]) if forces is not None else [])
        print(symbol, _numbers(row), file=out)


def _full_stress(stress: Any) -> np.ndarray:
    stress = np.asarray(stress, float)
    if stress.shape == (6,):  # Voigt: xx yy zz yz xz xy
        xx, yy, zz, yz, xz, xy = stress
        return np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
    return stress.reshape(3, 3)


def _numbers(values: Iterable[float]) -> str:
    return " ".join(repr(float(value)) for value in values)


def _quoted(text: str) -> str:
    plain = text and not any(c.isspace() or c in "\"'={}[]," for c in text)
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
