"""Glassmap from Python: post crystals, start a campaign, watch it, get a phase diagram.

    from glassmap import Glassmap
    lab = Glassmap()

finds address and token in ``GLASSMAP_ADDRESS`` and ``GLASSMAP_TOKEN``, else in the files that ``./glassmap up`` leaves
in its data folder (``GLASSMAP_HOME``, else ``.glassmap`` here or in a folder above).
"""

from .client import Acceptance, Batch, Campaign, Glassmap, PhaseDiagram, Training
from .problems import FrameRefused, Problem, Unreachable
from .records import Label, Outcome, StructureSummary
from .structures import from_document, structure_id, to_document

__all__ = [
    "Acceptance",
    "Batch",
    "Campaign",
    "FrameRefused",
    "Glassmap",
    "Label",
    "Outcome",
    "PhaseDiagram",
    "Problem",
    "StructureSummary",
    "Training",
    "Unreachable",
    "from_document",
    "structure_id",
    "to_document",
]
