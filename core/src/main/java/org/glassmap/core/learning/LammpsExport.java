package org.glassmap.core.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.glassmap.core.atoms.Species;

/**
 * A potential as the files that ænet, and LAMMPS through {@code pair_style aenet} (H. Mori's aenet-lammps), load by
 * name: {@code Li.nn}, {@code P.nn}, {@code S.nn}, and the lines to paste.
 */
public final class LammpsExport {

    /** What files are called after the element: the "file mask" of pair_coeff. */
    public static final String MASK = "nn";

    private LammpsExport() {}

    /** Binary files by name, in the order of the periodic table.
     *
     * @throws IllegalArgumentException if ænet has no place for the potential
     */
    public static SequencedMap<String, byte[]> files(NetworkPotential potential) {
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        for (AenetPotential file : AenetPotential.of(potential)) {
            files.put(file.network().species() + "." + MASK, AenetPotentialFile.binary(file));
        }
        return files;
    }

    /**
     * The commands of an input file. {@code v00} says that the files are of ænet 2.0.4's convention; atom types 1, 2, …
     * are the species in this order. Masses are in g/mol, as {@code units metal} has them.
     */
    public static String lines(NetworkPotential potential) {
        List<Species> species = List.copyOf(potential.species());
        String symbols = species.stream().map(Species::symbol).collect(Collectors.joining(" "));
        StringBuilder lines = new StringBuilder("units           metal\natom_style      atomic\n");
        for (int type = 0; type < species.size(); type++) {
            lines.append("mass            %d %s\n"
                    .formatted(type + 1, species.get(type).mass()));
        }
        lines.append("pair_style      aenet\n");
        lines.append("pair_coeff      * * v00 %s %s %s\n".formatted(symbols, MASK, symbols));
        return lines.toString();
    }
}
