"""The client: one address, one token."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
import uuid
import zipfile
from pathlib import Path
from typing import IO, Any, Callable, Iterable, Iterator, Mapping, Sequence

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from .problems import FrameRefused, Problem, Unreachable
from .records import Label, Outcome, StructureSummary
from .structures import from_document, read_extxyz, structure_id, to_document, write_frames

EXTENDED_XYZ = "chemical/x-extxyz"
ND_JSON = "application/x-ndjson"

#: Media types by the ends of file names; the first that fits.
MEDIA_TYPES = {
    ".extxyz": EXTENDED_XYZ,
    ".xyz": EXTENDED_XYZ,
    ".cif": "chemical/x-cif",
    ".xsf": "chemical/x-xsf",
    ".tar.gz": "application/gzip",
    ".tgz": "application/gzip",
    ".tar": "application/x-tar",
    ".zip": "application/zip",
    ".ndjson": ND_JSON,
    ".vasp": "chemical/x-poscar",
}

#: The paper's descriptor: radial 6 Å up to order 18, angular 3 Å up to order 4, two channels.
PAPER_DESCRIPTOR = {
    "kind": "chebyshev",
    "species": ["Li", "P", "S"],
    "radialCutoff": 6.0,
    "radialOrder": 18,
    "angularCutoff": 3.0,
    "angularOrder": 4,
}

#: A committee of four 48–15–15–1 networks per species.
PAPER_TRAINING = {
    "members": 4,
    "descriptor": PAPER_DESCRIPTOR,
    "hiddenLayers": [15, 15],
    "epochs": 150,
    "retrainingEpochs": 60,
}

#: The paper's genetic algorithm and sweep, but from two parents a step and with the lowest of each niche relaxed; with
#: ``sampling={"beam": 1, "screened": None}`` as in the paper.
DEFAULT_SAMPLING = {
    "mode": "stepwise",
    "minimumFraction": 5 / 13,
    "maximumFraction": 0.92,
    "population": 32,
    "mutationRate": 0.1,
    "evaluations": 3200,
    "relaxed": 10,
    "reference": 4,
    "uncertain": 2,
    "chainShare": 1 / 3,
    "maximumSteps": 9,
    "beam": 2,
    "screened": 48,
}


class Glassmap:
    """A project of a Glassmap server.

    ``address`` and ``token`` default to ``GLASSMAP_ADDRESS`` and ``GLASSMAP_TOKEN``, then to what ``./glassmap up``
    wrote into its data folder: ``GLASSMAP_HOME``, else ``.glassmap`` here or in a folder above.
    """

    def __init__(self, address: str | None = None, token: str | None = None, project: str | None = None):
        address = address or os.environ.get("GLASSMAP_ADDRESS")
        token = token or os.environ.get("GLASSMAP_TOKEN")
        if token is None:
            token = _token(_data_folder())
        if address is None:
            folder = _data_folder()
            address = "http://127.0.0.1:8700" if folder is None else _address(folder)
        self.address = address.rstrip("/")
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.project = project
        retry = Retry(
            total=8,
            connect=4,  # about five seconds: a server that starts again, not one that is not there
            backoff_factor=0.3,
            status_forcelist=(429, 502, 503, 504),
            allowed_methods=None,  # every POST here is repeatable: by content or by its Idempotency-Key
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=retry))

    # -- the wire ---------------------------------------------------------------------------------------------------

    def request(self, verb: str, path: str, **options: Any) -> requests.Response:
        """One request; a problem document is raised as :class:`Problem`."""
        if self.project:
            options.setdefault("params", {})["project"] = self.project
        try:
            response = self.session.request(verb, self.address + path, timeout=options.pop("timeout", 90), **options)
        except requests.ConnectionError as e:
            if "NewConnectionError" in repr(e):
                raise Unreachable(self.address) from None
            raise
        if response.status_code >= 400:
            try:
                document = response.json()
            except ValueError:
                document = {"status": response.status_code, "title": response.reason, "detail": response.text[:300]}
            raise Problem(document)
        return response

    def _made(self, path: str, body: Mapping[str, Any], key: str | None) -> dict[str, Any]:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.request("POST", path, json=body, headers=headers).json()

    def pages(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Every item of a listing, page by page as it is asked for."""
        params = {name: value for name, value in params.items() if value is not None}
        while True:
            page = self.request("GET", path, params=dict(params)).json()
            yield from page["items"]
            if not page.get("next"):
                return
            params["cursor"] = page["next"]

    # -- structures, labels, methods --------------------------------------------------------------------------------

    def post_structure(self, structure: Any) -> str:
        """The id of an ASE ``Atoms`` or a pymatgen ``Structure``."""
        return self.request("POST", "/v1/structures", json=to_document(structure)).json()["id"]

    def post_structures(self, structures: Iterable[Any] | str | Path) -> list[str]:
        """Ids in order, of structures or of a file (see :meth:`upload`). Raises :class:`FrameRefused` at the first that
        was not taken; the others are in."""
        return [_taken(outcome).structure for outcome in self.upload(structures)]

    def upload(
        self,
        frames: Iterable[Any] | str | Path,
        method: str | None = None,
        name: str | None = None,
        media_type: str | None = None,
    ) -> Iterator[Outcome]:
        """What becomes of each frame, one after the other: inserted, existing, or error.

        ``frames`` are ASE atoms, pymatgen structures or documents, or a file by its name: extended XYZ, CIF, XSF, a tar
        or zip of XSF files, or a folder of them, ``vasprun.xml``, ``OUTCAR``, ``POSCAR``, ``CONTCAR``, each compressed
        with gzip or not. With a ``method`` they are labels, which need energies. However many there are, few are in
        memory at a time.
        """
        path, params = "/v1/structures", {}
        if method is not None:
            path, params = "/v1/labels", {"method": method, "name": name or _name(frames)}
        headers = {"Content-Type": media_type or _media_type(frames), "Accept": ND_JSON}
        with _body(frames) as body:
            response = self.request("POST", path, params=params, data=body, headers=headers, timeout=3600, stream=True)
        with response:
            for line in response.iter_lines():
                if line:
                    yield Outcome.of(json.loads(line))

    def structure(self, id: str, kind: str = "ase") -> Any:
        return from_document(self.request("GET", f"/v1/structures/{id}").json(), kind)

    def structures(self, formula: str | None = None, elements: str | None = None) -> Iterator[StructureSummary]:
        """Summaries, page by page as they are asked for; each leads to its atoms by ``to_ase()`` or ``to_pymatgen()``."""
        for summary in self.pages("/v1/structures", formula=formula, elements=elements):
            yield StructureSummary(self, summary)

    def labels(self, method: str | None = None) -> Iterator[Label]:
        """Labels, page by page; ``to_ase()`` gives the atoms with energy, forces and stress."""
        for label in self.pages("/v1/labels", method=method):
            yield Label(self, label)

    def frames(self, dataset: str) -> Iterator[Any]:
        """The labelled frames of a dataset as ASE atoms, one at a time as they stream in."""
        with self.request("GET", f"/v1/datasets/{dataset}/frames", timeout=3600, stream=True) as response:
            yield from read_extxyz(response)

    def method(self, engine: str, kind: str, **settings: Any) -> str:
        """The id of a level of theory and what is done with it."""
        document = {"engine": engine, "kind": kind, "settings": settings}
        return self.request("POST", "/v1/methods", json=document).json()["id"]

    def post_labels(self, frames: Iterable[Any] | str | Path, method: str, name: str | None = None) -> list[str]:
        """Label ids of ASE atoms with energies, or of a file, in order. Raises :class:`FrameRefused` as
        :meth:`post_structures` does."""
        return [_taken(outcome).label for outcome in self.upload(frames, method, name)]

    def calculate(self, structures: Sequence[Any], method: str, key: str | None = None, **batch: Any) -> "Batch":
        """Asks for a calculation of each structure by a method that a worker can carry out. What is known already is
        not computed again."""
        ids = self._ids(structures)
        body = {"calculations": [{"structure": id, "method": method} for id in ids], **batch}
        return Batch(self, self._made("/v1/batches", body, key)["id"])

    def put_artifact(self, file: str | Path | bytes) -> str:
        """The id of a file's bytes."""
        data = file if isinstance(file, bytes) else Path(file).read_bytes()
        hash = hashlib.sha256(data).hexdigest()
        headers = {"Content-Type": "application/octet-stream"}
        self.request("PUT", f"/v1/artifacts/{hash}", data=data, headers=headers, timeout=600)
        return f"artifact-{hash}"

    def dataset(self, name: str, labels: Sequence[str]) -> dict[str, Any]:
        """The next version of a dataset; the same labels are the same version."""
        return self.request("POST", f"/v1/datasets/{name}/versions", json={"labels": list(labels)}).json()

    # -- potentials -------------------------------------------------------------------------------------------------

    def train(self, dataset: str, seed: int = 0, key: str | None = None, **settings: Any) -> "Training":
        return Training(self, self._made("/v1/trainings", {"dataset": dataset, "seed": seed, **settings}, key)["id"])

    def propose_descriptor(self, dataset: str, key: str | None = None, **settings: Any) -> dict[str, Any]:
        """Descriptor settings found by trying, with all trials; ``proposal["descriptor"]`` is what ``train`` takes."""
        body = {"dataset": dataset, **settings}
        return Proposal(self, self._made("/v1/proposals", body, key)["id"]).wait()

    def import_potential(self, *files: str | Path, aenet: str = "2.0.4") -> str:
        """The id of a potential in a file: Glassmap's document, or ænet's ``Li.nn``, ``P.nn``, …

        ``aenet`` is the version that trained ænet's files; up to 2.0.3 its angular functions were others.
        """
        paths = [Path(file) for file in files]
        if len(paths) == 1:
            data = paths[0].read_bytes()
        else:
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                for path in paths:
                    archive.write(path, path.name)
            data = buffer.getvalue()
        headers = {"Content-Type": "application/octet-stream"}
        params = {"aenet": aenet}
        return self.request("POST", "/v1/potentials", params=params, data=data, headers=headers).json()["id"]

    def export_potential(self, potential: str, folder: str | Path, member: int | None = None) -> str:
        """Writes ``Li.nn``, ``P.nn``, … into a folder and returns the lines for LAMMPS' ``pair_style aenet``."""
        params = {} if member is None else {"member": member}
        headers = {"Accept": "application/zip"}
        response = self.request("GET", f"/v1/potentials/{potential}/files", params=params, headers=headers)
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            archive.extractall(folder)
            return archive.read("lammps.txt").decode()

    def predict(
        self,
        potential: str,
        structures: Sequence[Any],
        maximum_grade: float | None = None,
        grades: bool = False,
        quantities: str | None = None,
    ) -> list[dict[str, Any]]:
        """Energy (eV), forces (eV/Å), stress (eV/Å³), the committee's spread, uncalibrated, and the largest
        extrapolation grade of an atom; of every atom with ``grades``. ``maximum_grade`` refuses what lies above it. At
        most 1000 structures: all are predicted, or a :class:`Problem` names each that cannot be."""
        body: dict[str, Any] = {"structures": [to_document(structure) for structure in structures]}
        if maximum_grade is not None:
            body["maximumGrade"] = maximum_grade
        if grades:
            body["grades"] = True
        path = f"/v1/potentials/{potential}/predictions"
        return self.request("POST", path, params=_given(quantities=quantities), json=body, timeout=600).json()

    def predictions(
        self,
        potential: str,
        structures: Iterable[Any],
        quantities: str | None = None,
        maximum_grade: float | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The same for any number, one after the other: ``{"index", "prediction"}``, or ``{"index", "error"}`` where
        nothing can be predicted. ``quantities`` names what is wanted beside the energy: ``"forces,atomic-energies"``, ``"descriptors"``.
        ``maximum_grade`` refuses what lies above it."""
        path = f"/v1/potentials/{potential}/predictions"
        headers = {"Content-Type": ND_JSON, "Accept": ND_JSON}
        with tempfile.TemporaryFile() as body:
            for structure in structures:
                body.write(json.dumps(to_document(structure)).encode() + b"\n")
            body.seek(0)
            params = _given(quantities=quantities, maximumGrade=maximum_grade)
            response = self.request("POST", path, params=params, data=body, headers=headers, timeout=3600, stream=True)
        with response:
            for line in response.iter_lines():
                yield json.loads(line)

    def compare(
        self, potential: str, dataset: str, other: str | None = None, key: str | None = None
    ) -> dict[str, Any]:
        """Errors against the labels of a dataset, of one potential or of two, by group where a ``key`` is given."""
        body = _given(dataset=dataset, other=other, key=key)
        return self.request("POST", f"/v1/potentials/{potential}/comparisons", json=body, timeout=600).json()

    def accept(
        self,
        potential: str,
        crystals: Mapping[str, Any],
        dataset: str | None = None,
        key: str | None = None,
        **settings: Any,
    ) -> "Acceptance":
        """Puts a potential to the test on crystals by name (ids, ASE atoms or pymatgen structures).

        ``settings`` are those of ``POST /v1/acceptances``, such as ``time`` in fs of the dynamics at each temperature.
        """
        body: dict[str, Any] = {"potential": potential, "crystals": self._named(crystals)}
        if dataset is not None:
            body["dataset"] = dataset
        if settings:
            body["settings"] = settings
        return Acceptance(self, self._made("/v1/acceptances", body, key)["id"])

    # -- campaigns and diagrams -------------------------------------------------------------------------------------

    def campaign(
        self,
        starts: Sequence[Any],
        end_members: Mapping[str, Any],
        crystals: Mapping[str, Any],
        parents: Mapping[str, Any],
        static_method: str,
        relaxation_method: str,
        name: str = "campaign",
        seed: int = 0,
        iterations: int = 2,
        probes: Sequence[Any] = (),
        atoms: tuple[int, int] = (80, 168),
        training: Mapping[str, Any] | None = None,
        sampling: Mapping[str, Any] | None = None,
        accept: bool | Mapping[str, Any] = False,
        key: str | None = None,
    ) -> "Campaign":
        """Starts a campaign. Structures are ids, ASE atoms or pymatgen structures; the rest defaults to the paper's.

        ``accept=True`` puts every potential through an acceptance before it is used and ends the campaign where a part
        fails; ``accept={"force": True, "settings": {...}}`` goes on, or asks for other settings.
        """
        body = {
            "name": name,
            "seed": seed,
            "staticMethod": static_method,
            "relaxationMethod": relaxation_method,
            "starts": self._ids(starts),
            "endMembers": self._named(end_members),
            "crystals": self._named(crystals),
            "parents": [
                {**named, "minimumAtoms": atoms[0], "maximumAtoms": atoms[1]} for named in self._named(parents)
            ],
            "training": {**PAPER_TRAINING, **(training or {})},
            "iterations": iterations,
            "sampling": {**DEFAULT_SAMPLING, **(sampling or {})},
            "probes": self._ids(probes),
        }
        if accept is not False:
            body["acceptance"] = {} if accept is True else dict(accept)
        return Campaign(self, self._made("/v1/campaigns", body, key)["id"])

    def phase_diagram(
        self,
        labels: Sequence[str] | None = None,
        dataset: str | None = None,
        campaign: str | None = None,
        names: Mapping[str, str] | None = None,
        crystals: Mapping[str, Any] | None = None,
        title: str | None = None,
        reference_method: str | None = None,
        convention: str | None = None,
        key: str | None = None,
    ) -> "PhaseDiagram":
        """The line Li2S–P2S5 from labels, a dataset or a campaign.

        ``crystals`` are structures, or ids, by the names that the figure shall show: ``{"γ-Li3PS4": atoms}``; ``names``
        says the same the other way round, names by structure ids.
        """
        if crystals:
            ids = {s if isinstance(s, str) else structure_id(s): name for name, s in crystals.items()}
            names = {**ids, **(names or {})}
        body = {
            "labels": labels,
            "dataset": dataset,
            "campaign": campaign,
            "convention": convention,
            "names": names,
            "title": title,
            "referenceMethod": reference_method,
        }
        body = {field: value for field, value in body.items() if value is not None}
        return PhaseDiagram(self, self._made("/v1/phase-diagrams", body, key))

    def _ids(self, structures: Sequence[Any]) -> list[str]:
        structures = list(structures)
        posted = iter(self.post_structures([s for s in structures if not isinstance(s, str)]) if structures else [])
        return [s if isinstance(s, str) else next(posted) for s in structures]

    def _named(self, structures: Mapping[str, Any]) -> list[dict[str, str]]:
        ids = self._ids(list(structures.values()))
        return [{"structure": id, "name": name} for name, id in zip(structures, ids)]


class _Job:
    """A long job and the waiting for it."""

    resource = ""

    def __init__(self, glassmap: Glassmap, id: str):
        self.glassmap = glassmap
        self.id = id

    def record(self, wait: str | None = None) -> dict[str, Any]:
        params = {"wait": wait} if wait else {}
        return self.glassmap.request("GET", f"/v1/{self.resource}/{self.id}", params=params).json()

    def cancel(self) -> dict[str, Any]:
        return self.glassmap.request("POST", f"/v1/{self.resource}/{self.id}/cancel").json()

    def wait(self, progress: bool | Callable[[dict[str, Any]], None] = True, timeout: float | None = None) -> dict:
        """Until the end; a failure is raised. Shows a bar, or calls ``progress`` with each record."""
        tell = progress if callable(progress) else (_Bar() if progress else lambda record: None)
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            record = self.record(wait="2s")
            tell(record)
            if record["state"] == "succeeded":
                return record
            if record["state"] in ("failed", "cancelled"):
                raise RuntimeError(f"{self.id} {record['state']}: {record.get('failure') or ''}")
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError(f"{self.id} is still {record['state']}: {record['progress']['phase']}")


class Batch:
    """Calculations that are waited for together."""

    def __init__(self, glassmap: Glassmap, id: str):
        self.glassmap = glassmap
        self.id = id

    def wait(self, timeout: float | None = None) -> dict[str, Any]:
        """Until none is open."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            record = self.glassmap.request("GET", f"/v1/batches/{self.id}", params={"wait": "10s"}).json()
            if record["open"] == 0:
                return record
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError(f"{self.id}: {record['open']} of {record['calculations']} are open")

    def calculations(self) -> Iterator[dict[str, Any]]:
        """In the order of the structures."""
        return self.glassmap.pages(f"/v1/batches/{self.id}/calculations")

    def labels(self) -> list[str]:
        """Ids of all labels, once all have ended; a calculation that failed is raised."""
        self.wait()
        labels: list[str] = []
        for calculation in self.calculations():
            if calculation["state"] != "succeeded":
                raise RuntimeError(f"{calculation['id']} {calculation['state']}: {calculation.get('failure') or ''}")
            labels += calculation["result"]["labels"]
        return labels


class Training(_Job):
    resource = "trainings"

    def potential(self) -> str:
        return self.wait()["potential"]

    def kernel(self) -> str | None:
        """By which it computes: the same kernel gives the same bits on every machine. ``None`` before it begins."""
        return self.record().get("kernel")

    def errors(self) -> list[dict[str, Any]]:
        """The learning curves: errors of every epoch of every member."""
        return self.glassmap.request("GET", f"/v1/trainings/{self.id}/errors").json()

    def figure(self, name: str) -> str:
        """``parity-energy``, ``parity-force``, ``learning-curve`` or ``calibration``, as SVG."""
        self.wait()
        return self.glassmap.request("GET", f"/v1/trainings/{self.id}/figures/{name}").text

    def report(self) -> dict[str, Any]:
        """Errors by part, group, composition and element, parity, the worst frames, the calibration of the spread."""
        self.wait()
        return self.glassmap.request("GET", f"/v1/trainings/{self.id}/report").json()


class Proposal(_Job):
    resource = "proposals"


class Acceptance(_Job):
    resource = "acceptances"

    def parts(self) -> list[dict[str, Any]]:
        return self.wait()["parts"]

    def passed(self) -> bool:
        return self.wait()["passed"]

    def failed(self) -> list[str]:
        """The parts that did not pass, each with its finding."""
        return self.wait()["failed"]

    def kernel(self) -> str | None:
        """By which all of it is computed; ``None`` before it begins."""
        return self.record().get("kernel")


class Campaign(_Job):
    resource = "campaigns"

    def iterations(self) -> list[dict[str, Any]]:
        return self.glassmap.request("GET", f"/v1/campaigns/{self.id}/iterations").json()

    def candidates(self) -> Iterator[dict[str, Any]]:
        return self.glassmap.pages(f"/v1/campaigns/{self.id}/candidates")

    def dropped(self) -> Iterator[dict[str, Any]]:
        """Candidates that went no further, each with the reason."""
        return self.glassmap.pages(f"/v1/campaigns/{self.id}/dropped")

    def frames(self) -> Iterator[Any]:
        """All labelled frames as ASE atoms, one at a time as they stream in."""
        with self.glassmap.request("GET", f"/v1/campaigns/{self.id}/frames", timeout=3600, stream=True) as response:
            yield from read_extxyz(response)

    def phase_diagram(self, **options: Any) -> "PhaseDiagram":
        return self.glassmap.phase_diagram(campaign=self.id, **options)


class PhaseDiagram:
    """Points, hull and figure of a diagram; ``record`` holds everything, with ids that lead back to the inputs."""

    def __init__(self, glassmap: Glassmap, record: dict[str, Any]):
        self.glassmap = glassmap
        self.record = record

    @property
    def id(self) -> str:
        return self.record["id"]

    @property
    def points(self) -> list[dict[str, Any]]:
        return self.record["points"]

    @property
    def hull(self) -> list[dict[str, Any]]:
        return [self.points[index] for index in self.record["hull"]]

    def save(self, file: str | Path) -> Path:
        """Writes ``.svg``, ``.png`` or ``.json``."""
        file = Path(file)
        types = {".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json"}
        if file.suffix not in types:
            raise ValueError(f"file must end in .svg, .png or .json, got {file.name}")
        headers = {"Accept": types[file.suffix]}
        file.write_bytes(
            self.glassmap.request("GET", f"/v1/phase-diagrams/{self.id}", headers=headers).content
        )
        return file


class _Bar:
    """A progress bar by tqdm where it is installed, else a line whenever the phase changes."""

    def __init__(self) -> None:
        try:
            from tqdm.auto import tqdm

            self.bar: Any = tqdm(total=100, bar_format="{l_bar}{bar}| {postfix}")
        except ImportError:
            self.bar = None
        self.phase = ""

    def __call__(self, record: dict[str, Any]) -> None:
        progress = record["progress"]
        if self.bar is not None:
            self.bar.n = round(100 * progress["fraction"])
            self.bar.set_postfix_str(progress["phase"])
            if record["state"] not in ("queued", "running"):
                self.bar.close()
        elif progress["phase"] != self.phase:
            self.phase = progress["phase"]
            print(f"{100 * progress['fraction']:3.0f} % {self.phase}")


def _taken(outcome: Outcome) -> Outcome:
    if outcome.error is not None:
        raise FrameRefused(outcome)
    return outcome


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _file(frames: Any) -> Path | None:
    return Path(frames) if isinstance(frames, (str, Path)) else None


def _name(frames: Any) -> str:
    file = _file(frames)
    return "upload" if file is None else file.name


def _media_type(frames: Any) -> str:
    file = _file(frames)
    if file is None:
        return EXTENDED_XYZ
    if file.is_dir():
        return "application/x-tar"
    name = file.name.lower()
    for end, media_type in MEDIA_TYPES.items():
        if name.endswith((end, end + ".gz")):
            return media_type
    for begin, media_type in (
        ("vasprun", "application/x-vasprun+xml"),
        ("outcar", "application/x-vasp-outcar"),
        ("poscar", "chemical/x-poscar"),
        ("contcar", "chemical/x-poscar"),
    ):
        if name.startswith(begin):
            return media_type
    raise ValueError(f"{file.name} does not tell its format; give media_type")


def _body(frames: Any) -> IO[bytes]:
    """A file to be sent from its start, and again if need be."""
    file = _file(frames)
    if file is not None and not file.is_dir():
        return file.open("rb")
    body = tempfile.TemporaryFile()
    if file is not None:
        with tarfile.open(fileobj=body, mode="w") as archive:
            for xsf in sorted(file.rglob("*.xsf")):
                archive.add(xsf, arcname=str(xsf.relative_to(file)))
    else:
        text = io.TextIOWrapper(body, encoding="utf-8", write_through=True)
        write_frames(frames, text)
        text.detach()
    body.seek(0)
    return body


def _data_folder() -> Path | None:
    home = os.environ.get("GLASSMAP_HOME")
    places = [Path(home)] if home else [folder / ".glassmap" for folder in (Path.cwd(), *Path.cwd().parents)]
    return next((place for place in places if (place / "admin-token").is_file()), None)


def _token(folder: Path | None) -> str:
    if folder is None:
        raise RuntimeError("no token: set GLASSMAP_TOKEN, or GLASSMAP_HOME to the data folder of ./glassmap up")
    return (folder / "admin-token").read_text().strip()


def _address(folder: Path) -> str:
    """Where the installation of this folder answers on its own machine."""
    settings = {"address": "127.0.0.1", "port": "8700"}
    file = folder / "settings.properties"
    if file.is_file():
        for line in file.read_text().splitlines():
            name, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                settings[name.strip()] = value.strip().replace("\\:", ":")
    host = "127.0.0.1" if settings["address"] in ("0.0.0.0", "::") else settings["address"]
    return f"http://{f'[{host}]' if ':' in host else host}:{settings['port']}"
