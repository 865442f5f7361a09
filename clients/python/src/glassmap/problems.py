"""What the server says when something is wrong (RFC 9457)."""

from __future__ import annotations

from typing import Any, Mapping

from .records import Outcome


class Problem(Exception):
    """A problem document. ``errors`` names each fault: where it is, what stands there, what would help."""

    def __init__(self, document: Mapping[str, Any]):
        self.type: str = document.get("type", "")
        self.title: str = document.get("title", "")
        self.status: int = int(document.get("status", 0))
        self.detail: str | None = document.get("detail")
        self.trace_id: str | None = document.get("traceId")
        self.errors: list[dict[str, Any]] = list(document.get("errors") or [])
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [f"{self.status} {self.title}" + (f": {self.detail}" if self.detail else "")]
        for error in self.errors:
            where = error.get("pointer") or error.get("parameter") or ""
            remedy = f" ({error['remedy']})" if error.get("remedy") else ""
            lines.append(f"  {where} {error.get('detail', '')}{remedy}".rstrip())
        return "\n".join(lines)


class FrameRefused(Exception):
    """A frame of a bulk was not taken; the others were. In words the first frame is 1, in ``outcome`` its index is 0."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        error = outcome.error or {}
        where = f" ({outcome.entry})" if outcome.entry else ""
        remedy = f" ({error['remedy']})" if error.get("remedy") else ""
        super().__init__(f"frame {outcome.index + 1}{where}: {error.get('detail')}{remedy}")


class Unreachable(ConnectionError):
    """Nobody answers at the address."""

    def __init__(self, address: str):
        super().__init__(
            f"Glassmap does not answer at {address}: './glassmap status' tells whether it is up; GLASSMAP_ADDRESS names"
            " another address"
        )
