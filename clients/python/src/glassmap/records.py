"""What the server tells, with what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Mapping

if TYPE_CHECKING:
    from .client import Glassmap


@dataclass(frozen=True)
class Outcome:
    """What became of one frame of an upload.

    ``index`` counts from 0; ``entry`` is the file inside an archive; ``outcome`` is ``inserted``, ``existing`` or
    ``error``, and ``error`` then says ``field``, ``detail`` and, where known, ``line``, ``value`` and ``remedy``.
    """

    index: int
    outcome: str
    entry: str | None = None
    structure: str | None = None
    label: str | None = None
    error: Mapping[str, Any] | None = None
    warnings: tuple[str, ...] = field(default=())

    @staticmethod
    def of(line: Mapping[str, Any]) -> "Outcome":
        known = {name: line.get(name) for name in ("entry", "structure", "label", "error")}
        return Outcome(line["index"], line["outcome"], warnings=tuple(line.get("warnings") or ()), **known)


class _Record(dict):
    """A document with the project that it is read in."""

    def __init__(self, glassmap: "Glassmap", document: Mapping[str, Any]):
        super().__init__(document)
        self.glassmap = glassmap

    @property
    def id(self) -> str:
        return self["id"]


class StructureSummary(_Record):
    """What a structure is found by."""

    def to_ase(self) -> Any:
        return self.glassmap.structure(self.id, "ase")

    def to_pymatgen(self) -> Any:
        return self.glassmap.structure(self.id, "pymatgen")


class Label(_Record):
    """Energy, forces and stress of a structure by a method."""

    def to_ase(self) -> Any:
        """Atoms with a calculator that knows energy (eV), forces (eV/Å) and stress (eV/Å³)."""
        from ase.calculators.singlepoint import SinglePointCalculator
        import numpy as np

        atoms = self.glassmap.structure(self["structure"], "ase")
        results: dict[str, Any] = {"energy": self["energy"]}
        if self.get("forces") is not None:
            results["forces"] = np.asarray(self["forces"], float)
        if self.get("stress") is not None:
            stress = np.asarray(self["stress"], float)
            results["stress"] = stress[[0, 1, 2, 1, 0, 0], [0, 1, 2, 2, 2, 1]]  # Voigt: xx yy zz yz xz xy
        atoms.calc = SinglePointCalculator(atoms, **results)
        return atoms

    def to_pymatgen(self) -> Any:
        return self.glassmap.structure(self["structure"], "pymatgen")
