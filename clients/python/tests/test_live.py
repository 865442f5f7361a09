"""Against a running instance: from crystals to the figure, and what it says when something is wrong."""

import json

import numpy as np
import pytest

from glassmap import FrameRefused, Glassmap, Problem, structure_id


def test_the_id_is_the_servers(lab, crystals):
    for atoms in crystals.values():
        assert lab.post_structure(atoms) == structure_id(atoms)


def test_many_structures_come_back_in_order(lab, crystals):
    assert lab.post_structures(crystals.values()) == [structure_id(atoms) for atoms in crystals.values()]


def test_atoms_come_back_to_the_bit(lab, crystals):
    atoms = crystals["gamma"]
    back = lab.structure(lab.post_structure(atoms))
    assert back.get_chemical_symbols() == atoms.get_chemical_symbols()
    assert np.array_equal(back.positions, atoms.positions)
    assert np.array_equal(back.cell.array, atoms.cell.array)
    assert back.pbc.all()


def test_pymatgen_comes_back(lab, crystals):
    pytest.importorskip("pymatgen.core")
    id = lab.post_structure(crystals["Li7PS6"])
    structure = lab.structure(id, "pymatgen")
    assert structure.composition.reduced_formula == "Li7PS6"
    assert lab.structure(lab.post_structure(structure), "pymatgen").matches(structure)


def test_structures_are_found_by_formula(lab, crystals):
    ids = lab.post_structures([crystals["beta"], crystals["gamma"]])
    assert set(ids) <= {summary["id"] for summary in lab.structures(formula="Li3PS4")}


def test_a_bad_frame_is_named_and_the_rest_goes_in(lab, crystals, stated):
    good, bad = crystals["Li2S"], crystals["P2S5"].copy()
    bad.calc = crystals["P2S5"].calc
    bad.positions[1] = bad.positions[0]  # two atoms in one place
    with pytest.raises(FrameRefused, match="frame 2") as refused:
        lab.post_labels([good, bad, crystals["beta"]], stated, name="bad")
    assert refused.value.outcome.error["detail"]
    known = {label["structure"] for label in lab.pages("/v1/labels", method=stated)}
    assert {structure_id(good), structure_id(crystals["beta"])} <= known
    assert structure_id(bad) not in known


def test_a_dataset_is_its_labels(lab, labels):
    first = lab.dataset("crystals", list(labels.values()))
    again = lab.dataset("crystals", list(reversed(labels.values())))
    assert first["labels"] == len(labels)
    assert again["id"] == first["id"] and again["version"] == first["version"]


def test_from_labels_to_the_figure(lab, crystals, labels, tmp_path):
    names = {structure_id(atoms): name for name, atoms in crystals.items()}
    diagram = lab.phase_diagram(labels=list(labels.values()), names=names, title="Crystals")
    points = {point["name"]: point for point in diagram.points}
    assert set(points) == set(crystals)
    # The stored labels: γ-Li3PS4 lies 0.119 eV/atom below Li2S and P2S5.
    assert points["gamma"]["formationEnergy"] == pytest.approx(-0.119, abs=0.005)
    assert {"Li2S", "P2S5", "gamma"} <= {point["name"] for point in diagram.hull}
    assert b"<svg" in diagram.save(tmp_path / "line.svg").read_bytes()
    assert diagram.save(tmp_path / "line.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads(diagram.save(tmp_path / "line.json").read_text())["id"] == diagram.id
    with pytest.raises(ValueError, match="pdf"):
        diagram.save(tmp_path / "line.pdf")


def test_a_problem_is_raised_with_what_is_wrong(lab):
    with pytest.raises(Problem) as unknown:
        lab.method("potential", "static", potential="artifact-" + "0" * 64, cores=4)
    assert unknown.value.status == 422
    assert "cores" in str(unknown.value)
    with pytest.raises(Problem) as nothing:
        lab.structure("structure-" + "0" * 64)
    assert nothing.value.status == 404


def test_a_wrong_token_is_refused(lab):
    with pytest.raises(Problem) as refused:
        Glassmap(lab.address, "gm_0000000000_" + "0" * 48).structure("structure-" + "0" * 64)
    assert refused.value.status == 401


def test_a_potential_is_put_and_predicts_what_it_was_fitted_to(lab, crystals, teacher):
    artifact = lab.put_artifact(teacher)
    headers = {"Content-Type": "application/octet-stream"}
    potential = lab.request("POST", "/v1/potentials", data=teacher, headers=headers).json()["id"]
    assert potential.removeprefix("potential-") == artifact.removeprefix("artifact-")
    atoms = crystals["gamma"]
    (prediction,) = lab.predict(potential, [atoms])
    assert prediction["energy"] / len(atoms) == pytest.approx(atoms.get_potential_energy() / len(atoms), abs=0.003)
    assert np.asarray(prediction["forces"]).shape == (len(atoms), 3)


def test_a_campaign_starts_is_seen_and_is_cancelled(lab, crystals, teacher):
    settings = {"potential": lab.put_artifact(teacher)}
    campaign = lab.campaign(
        starts=list(crystals.values()),
        end_members={name: crystals[name] for name in ("Li2S", "P2S5")},
        crystals={"γ-Li3PS4": crystals["gamma"]},
        parents={"gamma": crystals["gamma"]},
        static_method=lab.method("potential", "static", **settings),
        relaxation_method=lab.method("potential", "cell-relax", **settings),
        name="of the client's test",
        seed=3,
    )
    assert campaign.id.startswith("campaign-")
    assert campaign.record()["state"] in ("queued", "running")
    assert campaign.iterations() == []
    assert list(campaign.dropped()) == []
    campaign.cancel()
    told = []
    with pytest.raises(RuntimeError, match="cancelled"):
        campaign.wait(progress=told.append, timeout=120)
    assert told[-1]["state"] == "cancelled"


def test_each_frame_of_an_upload_has_its_outcome(lab, crystals, stated):
    good, bad = crystals["Li2S"], crystals["P2S5"].copy()
    bad.positions[1] = bad.positions[0]
    first, second, third = lab.upload([good, bad, crystals["beta"]])
    assert (first.index, first.structure) == (0, structure_id(good))
    assert second.outcome == "error" and second.error["field"] == "positions"
    assert third.outcome in ("inserted", "existing")


def test_files_are_sent_as_what_their_names_say(lab, crystals, stated, tmp_path):
    ase_io = pytest.importorskip("ase.io")
    atoms = crystals["gamma"]
    ase_io.write(tmp_path / "POSCAR", atoms, format="vasp", sort=True)
    ase_io.write(tmp_path / "gamma.cif", atoms)
    for name in ("POSCAR", "gamma.cif"):
        (id,) = lab.post_structures(tmp_path / name)
        assert sorted(lab.structure(id).get_chemical_symbols()) == sorted(atoms.get_chemical_symbols())
    folder = tmp_path / "set"
    folder.mkdir()
    for name, crystal in crystals.items():
        ase_io.write(folder / f"{name}.xsf", crystal)
        text = (folder / f"{name}.xsf").read_text()
        (folder / f"{name}.xsf").write_text(f"# total energy = {crystal.get_potential_energy():.8f} eV\n" + text)
    labels = lab.post_labels(folder, stated)
    assert len(labels) == len(crystals)
    with pytest.raises(ValueError, match="media_type"):
        list(lab.upload(tmp_path / "notes.txt"))


def test_listings_lead_to_atoms(lab, crystals, labels):
    summary = next(lab.structures(formula="Li3PS4"))
    assert summary.to_ase().get_chemical_formula(empirical=True) == "Li3PS4"
    label = next(label for label in lab.labels() if label.id == labels["gamma"])
    atoms = label.to_ase()
    assert atoms.get_potential_energy() == crystals["gamma"].get_potential_energy()
    assert np.array_equal(atoms.get_forces(), crystals["gamma"].get_forces())
    assert np.allclose(atoms.get_stress(voigt=False), crystals["gamma"].get_stress(voigt=False), atol=1e-8)


def test_frames_of_a_dataset_stream_in(lab, crystals, labels):
    lab.dataset("streamed", list(labels.values()))
    energies = sorted(atoms.get_potential_energy() for atoms in lab.frames("streamed"))
    assert energies == sorted(atoms.get_potential_energy() for atoms in crystals.values())


def test_predictions_stream_and_a_structure_that_is_unfit_is_named(lab, crystals, teacher):
    headers = {"Content-Type": "application/octet-stream"}
    potential = lab.request("POST", "/v1/potentials", data=teacher, headers=headers).json()["id"]
    iron = {"species": ["Fe"], "positions": [[0.0, 0.0, 0.0]]}
    answers = list(lab.predictions(potential, [crystals["gamma"], iron, crystals["beta"]], "atomic-energies"))
    assert [answer["index"] for answer in answers] == [0, 1, 2]
    assert "Fe" in answers[1]["error"]["detail"]
    assert set(answers[0]["prediction"]) == {"energy", "calibrated", "kernel", "atomicEnergies"}
    assert len(answers[2]["prediction"]["atomicEnergies"]) == len(crystals["beta"])


def test_a_potential_is_compared_with_the_labels_it_was_fitted_to(lab, labels, teacher):
    lab.dataset("compared", list(labels.values()))
    headers = {"Content-Type": "application/octet-stream"}
    potential = lab.request("POST", "/v1/potentials", data=teacher, headers=headers).json()["id"]
    comparison = lab.compare(potential, "compared", key="parent")
    (judged,) = comparison["potentials"]
    assert judged["errors"]["frames"] == len(labels)
    assert judged["errors"]["energy"] < 0.003
    assert set(judged["groups"]) == set(labels)


def test_calculations_are_asked_for_together(lab, crystals, teacher):
    method = lab.method("potential", "static", potential=lab.put_artifact(teacher))
    batch = lab.calculate([crystals["Li2S"], crystals["gamma"]], method)
    assert len(batch.labels()) == 2
    assert [calculation["state"] for calculation in batch.calculations()] == ["succeeded", "succeeded"]
