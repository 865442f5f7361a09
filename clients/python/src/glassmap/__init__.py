"""Glassmap from Python: post crystals, start a campaign, watch it, get a phase diagram.

    from glassmap import Glassmap
    lab = Glassmap()

finds address and token in ``GLASSMAP_ADDRESS`` and ``GLASSMAP_TOKEN``, else in the files that ``./glassmap up`` leaves
in its data directory (``GLASSMAP_HOME``).
"""

from .client import Campaign, Glassmap, PhaseDiagram
from .problems import FrameRefused, Problem
from .structures import from_document, structure_id, to_document

__all__ = [
    "Campaign",
    "FrameRefused",
    "Glassmap",
    "PhaseDiagram",
    "Problem",
    "from_document",
    "structure_id",
    "to_document",
]
