package org.glassmap.core.formats;

import java.util.List;

/**
 * The k-points of a run.
 *
 * @param scheme {@code Gamma}, {@code Monkhorst-Pack}, {@code listgenerated}, … as VASP names it; empty if it is not told
 * @param divisions of the mesh along the reciprocal vectors; empty if there is no mesh
 * @param irreducible how many points were computed; 0 if that is not told
 */
public record VaspKpoints(String scheme, List<Integer> divisions, int irreducible) {

    public VaspKpoints {
        divisions = List.copyOf(divisions);
    }
}
