"""What the client knows without a server."""

import numpy as np
import pytest

from glassmap import from_document, structure_id, to_document

SALT = {
    "species": ["Li", "S"],
    "periodic": [True, True, True],
    "lattice": [[4.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 4.0]],
    "positions": [[0.0, 0.0, 0.0], [2.0, 2.0, 2.0]],
}


def test_ase_and_back_is_the_same_to_the_bit():
    pytest.importorskip("ase")
    third = {**SALT, "positions": [[1 / 3, -0.1, 5.0], [np.pi, 1e-17, -7.25]]}
    assert to_document(from_document(third)) == third


def test_pymatgen_and_back_keeps_what_it_keeps():
    pytest.importorskip("pymatgen.core")
    back = to_document(from_document(SALT, "pymatgen"))
    assert back["species"] == SALT["species"]
    assert np.allclose(back["positions"], SALT["positions"], atol=1e-14)  # pymatgen stores fractions of the cell


def test_the_id_tells_order_and_the_last_bit_but_not_the_sign_of_zero():
    zero = {**SALT, "positions": [[-0.0, 0.0, 0.0], [2.0, 2.0, 2.0]]}
    moved = {**SALT, "positions": [[0.0, 0.0, 5e-324], [2.0, 2.0, 2.0]]}
    turned = {**SALT, "species": ["S", "Li"], "positions": SALT["positions"][::-1]}
    assert structure_id(zero) == structure_id(SALT)
    assert len({structure_id(SALT), structure_id(moved), structure_id(turned)}) == 3


def test_a_thing_that_is_no_structure_is_named():
    with pytest.raises(TypeError, match="complex"):
        to_document(1j)
