package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.CifTokens.Token;
import org.jspecify.annotations.Nullable;

/**
 * CIF 1.1, a crystal per data block. The symmetry operations in the file are applied and images that fall together are
 * one atom, at their mean (so that {@code 0.3333} on a threefold axis becomes a third); a block without operations is P1.
 * Uncertainties in brackets are dropped. The lattice is set up with a along x and b in the xy plane.
 *
 * <p>Refused: a site that is not fully occupied or shared by two elements, and a block that names a space group other
 * than P1 but no operations (it would be read with most of its atoms missing).
 *
 * <p>Metadata: {@code block} is the data block's name, {@code space_group} what the file says.
 */
public final class Cif {

    static final String FORMAT = "CIF";

    private Cif() {}

    /**
     * The crystals of a stream, plain or compressed with gzip. Blocks without atoms are passed over; a file without
     * any block of atoms gives one refusal that says so.
     */
    public static FrameReader reader(InputStream in, ReadingLimits limits) {
        return new Reader(in, limits);
    }

    /** As {@link #reader(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static FrameReader reader(InputStream in) {
        return reader(in, ReadingLimits.DEFAULT);
    }

    /**
     * Appends a crystal as a block without symmetry, P1, every atom by itself. Fractional coordinates; the orientation
     * of the lattice is lost, as CIF has lengths and angles only.
     *
     * @param name of the data block; blanks become underscores
     * @throws InvalidStructureException if a direction is not periodic
     */
    public static void write(Structure structure, String name, Appendable out) throws IOException {
        Cell cell = structure.cell();
        if (!cell.fullyPeriodic()) {
            throw new InvalidStructureException("periodic", "CIF needs three periodic directions");
        }
        StringBuilder text = new StringBuilder();
        text.append("data_").append(name.strip().replaceAll("\\s+", "_")).append('\n');
        text.append("_symmetry_space_group_name_H-M 'P 1'\n_symmetry_Int_Tables_number 1\n");
        String[] lengths = {"a", "b", "c"};
        String[] angles = {"alpha", "beta", "gamma"};
        for (int vector = 0; vector < 3; vector++) {
            text.append("_cell_length_%s ".formatted(lengths[vector]))
                    .append(cell.length(vector))
                    .append('\n');
        }
        for (int vector = 0; vector < 3; vector++) {
            text.append("_cell_angle_%s ".formatted(angles[vector]))
                    .append(angle(cell, (vector + 1) % 3, (vector + 2) % 3))
                    .append('\n');
        }
        text.append("loop_\n_symmetry_equiv_pos_as_xyz\n'x, y, z'\n");
        text.append("loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n");
        text.append("_atom_site_fract_z\n_atom_site_occupancy\n");
        double[] fractional = structure.fractional();
        for (int i = 0; i < structure.size(); i++) {
            String symbol = structure.species(i).symbol();
            text.append(symbol).append(i + 1).append(' ').append(symbol);
            for (int axis = 0; axis < 3; axis++) {
                text.append(' ').append(fractional[3 * i + axis]);
            }
            text.append(" 1\n");
        }
        out.append(text);
    }

    /** Between two lattice vectors, degrees. */
    private static double angle(Cell cell, int one, int other) {
        double product = 0;
        for (int axis = 0; axis < 3; axis++) {
            product += cell.lattice(one, axis) * cell.lattice(other, axis);
        }
        return StrictMath.toDegrees(StrictMath.acos(product / (cell.length(one) * cell.length(other))));
    }

    /** Goes through the stream block by block. */
    private static final class Reader implements FrameReader {

        private static final int MOST_OPERATIONS = 1000;
        private static final Set<String> ITEMS = Set.of(
                "_cell_length_a",
                "_cell_length_b",
                "_cell_length_c",
                "_cell_angle_alpha",
                "_cell_angle_beta",
                "_cell_angle_gamma",
                "_symmetry_space_group_name_h-m",
                "_space_group_name_h-m_alt",
                "_space_group_name_h-m_ref",
                "_symmetry_int_tables_number",
                "_space_group_it_number");
        private static final Set<String> OPERATIONS =
                Set.of("_symmetry_equiv_pos_as_xyz", "_space_group_symop_operation_xyz");
        private static final List<String> SITE = List.of(
                "_atom_site_label",
                "_atom_site_type_symbol",
                "_atom_site_fract_x",
                "_atom_site_fract_y",
                "_atom_site_fract_z",
                "_atom_site_occupancy",
                "_atom_site_calc_flag");

        private final LineSource lines;
        private final CifTokens tokens;
        private final ReadingLimits limits;
        private int frame;
        private boolean ended;

        Reader(InputStream in, ReadingLimits limits) {
            this.lines = new LineSource(in, FORMAT, limits);
            this.tokens = new CifTokens(lines);
            this.limits = limits;
        }

        @Override
        public Optional<FrameOutcome> next() throws IOException {
            while (!ended) {
                lines.beginFrame(frame + 1);
                try {
                    if (!findBlock()) {
                        ended = true;
                        break;
                    }
                    CifBlock block = block();
                    if (block.hasSites()) {
                        frame++;
                        return Optional.of(new FrameOutcome.Read(block.frame(limits)));
                    }
                } catch (FormatException e) {
                    frame++;
                    passOverTheRest();
                    return Optional.of(new FrameOutcome.Refused(e));
                } catch (InvalidStructureException e) {
                    frame++;
                    passOverTheRest();
                    return Optional.of(new FrameOutcome.Refused(FormatException.of(tokens.place(), e)));
                }
            }
            return frame > 0 ? Optional.empty() : nothingFound();
        }

        private Optional<FrameOutcome> nothingFound() {
            frame++;
            return Optional.of(new FrameOutcome.Refused(new FormatException(
                    Place.in(FORMAT),
                    "_atom_site_fract_x",
                    "is missing in every data block",
                    "",
                    "send a CIF with a block data_… that lists atoms")));
        }

        /** Whether there is another {@code data_}; the reader then stands before it. */
        private boolean findBlock() throws IOException {
            while (true) {
                switch (tokens.peek().kind()) {
                    case DATA -> {
                        return true;
                    }
                    case END -> {
                        return false;
                    }
                    default -> tokens.next();
                }
            }
        }

        private void passOverTheRest() throws IOException {
            while (true) {
                try {
                    findBlock();
                    return;
                } catch (FormatException alsoPassedOver) {
                    tokens.skipLine(); // one outcome per block: its first finding is told
                }
            }
        }

        private CifBlock block() throws IOException {
            CifBlock block = new CifBlock(tokens.next());
            while (true) {
                Token token = tokens.peek();
                switch (token.kind()) {
                    case DATA, END -> {
                        return block;
                    }
                    case LOOP -> {
                        tokens.next();
                        loop(block);
                    }
                    case TAG -> {
                        tokens.next();
                        item(block, token);
                    }
                    case VALUE, OTHER_KEYWORD ->
                        throw new FormatException(
                                token.place(), "word", "belongs to no tag", token.text(), "give each value a tag");
                }
            }
        }

        private void item(CifBlock block, Token tag) throws IOException {
            Token value = tokens.peek();
            if (value.kind() != CifTokens.Kind.VALUE) {
                throw new FormatException(tag.place(), tag.text(), "has no value", "", "give it one, or a ?");
            }
            tokens.next();
            if (ITEMS.contains(tag.text())) {
                block.items().put(tag.text(), value);
            } else if (OPERATIONS.contains(tag.text())) {
                block.operations().add(SymmetryOperation.of(value.text(), value.place()));
            } else if (SITE.contains(tag.text())) { // a crystal of one site may do without a loop
                block.onlySite().put(tag.text(), value);
            }
        }

        private void loop(CifBlock block) throws IOException {
            List<String> tags = new ArrayList<>();
            Place place = tokens.place();
            while (tokens.peek().kind() == CifTokens.Kind.TAG) {
                tags.add(tokens.next().text());
                if (tags.size() > 1000) {
                    throw new FormatException(place, "loop_", "has more than 1000 tags", "", "split it");
                }
            }
            if (tags.isEmpty()) {
                throw new FormatException(
                        place, "loop_", "has no tags", tokens.peek().text(), "name its columns");
            }
            boolean sites = tags.contains("_atom_site_fract_x");
            while (tokens.peek().kind() == CifTokens.Kind.VALUE) {
                Map<String, Token> row = row(tags, sites);
                if (sites) {
                    block.add(row, limits);
                }
                for (String tag : tags) {
                    @Nullable Token operation = OPERATIONS.contains(tag) ? row.get(tag) : null;
                    if (operation != null) {
                        block.operations().add(SymmetryOperation.of(operation.text(), operation.place()));
                    }
                }
                if (block.operations().size() > MOST_OPERATIONS) {
                    throw new FormatException(
                            tokens.place(),
                            "symmetry operations",
                            "are more than %d".formatted(MOST_OPERATIONS),
                            "",
                            "list each once; a space group has at most 192");
                }
            }
        }

        private Map<String, Token> row(List<String> tags, boolean sites) throws IOException {
            Map<String, Token> row = new HashMap<>();
            for (String tag : tags) {
                Token value = tokens.peek();
                if (value.kind() != CifTokens.Kind.VALUE) {
                    throw new FormatException(
                            value.place(),
                            "loop_",
                            "ends within a row",
                            value.text(),
                            "give every row %d values".formatted(tags.size()));
                }
                tokens.next();
                if ((sites && SITE.contains(tag)) || OPERATIONS.contains(tag)) {
                    row.put(tag, value);
                }
            }
            return row;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
