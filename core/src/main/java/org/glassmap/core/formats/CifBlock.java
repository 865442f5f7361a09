package org.glassmap.core.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.CifTokens.Token;
import org.jspecify.annotations.Nullable;

/** What a data block says of a crystal, and the crystal that makes. */
final class CifBlock {

    private static final Pattern UNCERTAINTY = Pattern.compile("\\(\\d{1,9}\\)$");
    private static final Pattern ION = Pattern.compile("[A-Za-z]{1,2}(?=([0-9]?[+-]|[+-][0-9])?$)");
    private static final Pattern LEADING_LETTERS = Pattern.compile("^[A-Za-z]+");
    private static final double OCCUPANCY_TOLERANCE = 1e-3; // digits of files, not of physics

    /** One line of the list of atoms. */
    private record Site(Species species, String label, double[] fractional, Place place) {}

    private final Token header;
    private final Map<String, Token> items = new HashMap<>();
    private final Map<String, Token> onlySite = new HashMap<>();
    private final List<SymmetryOperation> operations = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();

    CifBlock(Token header) {
        this.header = header;
    }

    Map<String, Token> items() {
        return items;
    }

    Map<String, Token> onlySite() {
        return onlySite;
    }

    List<SymmetryOperation> operations() {
        return operations;
    }

    boolean hasSites() {
        return !sites.isEmpty() || onlySite.containsKey("_atom_site_fract_x");
    }

    /** Adds the site of a row of the list of atoms; dummies are passed over. */
    void add(Map<String, Token> row, ReadingLimits limits) {
        if (text(row, "_atom_site_calc_flag").equals("dum")) {
            return;
        }
        String label = text(row, "_atom_site_label");
        Token x = required(row, "_atom_site_fract_x", "site '%s'".formatted(label));
        requireFullyOccupied(row, label, x.place());
        double[] fractional = {
            number(x, "_atom_site_fract_x"),
            number(required(row, "_atom_site_fract_y", label), "_atom_site_fract_y"),
            number(required(row, "_atom_site_fract_z", label), "_atom_site_fract_z")
        };
        if (sites.size() == limits.atoms()) {
            throw new FormatException(
                    x.place(), "sites", "are more than %d".formatted(limits.atoms()), label, "send fewer");
        }
        String symbol = text(row, "_atom_site_type_symbol");
        sites.add(new Site(species(symbol, label, x.place()), label, fractional, x.place()));
    }

    Frame frame(ReadingLimits limits) {
        if (sites.isEmpty()) {
            add(onlySite, limits);
        }
        if (operations.isEmpty()) {
            requireNoSymmetryNamed();
            operations.add(SymmetryOperation.of("x,y,z", header.place()));
        }
        CrystalSites crystal = new CrystalSites(cell(), operations, limits);
        for (Site site : sites) {
            crystal.add(site.species(), site.label(), site.fractional(), site.place());
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("block", Printable.abbreviated(header.text()));
        String group = spaceGroup();
        if (!group.isEmpty()) {
            metadata.put("space_group", Printable.abbreviated(group));
        }
        return Frame.of(crystal.structure()).withMetadata(metadata);
    }

    private static void requireFullyOccupied(Map<String, Token> row, String label, Place place) {
        Token occupancy = row.get("_atom_site_occupancy");
        if (occupancy == null || occupancy.text().isEmpty()) {
            return;
        }
        double value = number(occupancy, "_atom_site_occupancy");
        if (!(Math.abs(value - 1) <= OCCUPANCY_TOLERANCE)) {
            throw new FormatException(
                    place,
                    "occupancy of site '%s'".formatted(Printable.abbreviated(label)),
                    "must be 1",
                    occupancy.text(),
                    "send an ordered structure: choose which atoms are there");
        }
    }

    private static Species species(String symbol, String label, Place place) {
        String element;
        if (symbol.isEmpty()) {
            var letters = LEADING_LETTERS.matcher(label);
            element = letters.find() ? letters.group() : label;
        } else {
            var ion = ION.matcher(symbol);
            element = ion.lookingAt() ? ion.group() : symbol;
        }
        try {
            return Species.of(element);
        } catch (InvalidStructureException e) {
            if (!symbol.isEmpty()) {
                throw FormatException.of(place, e);
            }
            throw new FormatException(
                    place, "_atom_site_label", "does not begin with an element", label, "add _atom_site_type_symbol");
        }
    }

    private void requireNoSymmetryNamed() {
        String number = item("_symmetry_int_tables_number");
        number = number.isEmpty() ? item("_space_group_it_number") : number;
        String group = spaceGroup();
        boolean named = !(group.isEmpty() || group.replaceAll("[\\s_]", "").equalsIgnoreCase("p1"))
                || !(number.isEmpty() || number.equals("1"));
        if (named) {
            throw new FormatException(
                    header.place(),
                    "_symmetry_equiv_pos_as_xyz",
                    "is missing, but the space group is not P1",
                    group.isEmpty() ? number : group,
                    "list the symmetry operations, or all atoms as P1");
        }
    }

    private String spaceGroup() {
        for (String tag :
                List.of("_symmetry_space_group_name_h-m", "_space_group_name_h-m_alt", "_space_group_name_h-m_ref")) {
            if (!item(tag).isEmpty()) {
                return item(tag);
            }
        }
        return "";
    }

    /** a along x, b in the xy plane. */
    private Cell cell() {
        double a = length("a");
        double b = length("b");
        double c = length("c");
        double cosAlpha = cosine("alpha");
        double cosBeta = cosine("beta");
        double cosGamma = cosine("gamma");
        double sinGamma = Math.sqrt(1 - cosGamma * cosGamma);
        double y = (cosAlpha - cosBeta * cosGamma) / sinGamma;
        double z = Math.sqrt(1 - cosBeta * cosBeta - y * y);
        if (!(z > 0)) {
            throw new FormatException(
                    header.place(),
                    "_cell_angle_alpha",
                    "does not close a cell",
                    item("_cell_angle_alpha"),
                    "check the angles");
        }
        return Cell.periodic(a, 0, 0, b * cosGamma, b * sinGamma, 0, c * cosBeta, c * y, c * z);
    }

    private double length(String name) {
        String tag = "_cell_length_" + name;
        Token token = required(items, tag, "the cell");
        double length = number(token, tag);
        if (!(length > 0)) {
            throw new FormatException(token.place(), tag, "must be positive", token.text(), "give it in Å");
        }
        return length;
    }

    /** Of an angle in degrees, exact where it is 60, 90 or 120. */
    private double cosine(String name) {
        String tag = "_cell_angle_" + name;
        Token token = required(items, tag, "the cell");
        double angle = number(token, tag);
        if (!(angle > 0 && angle < 180)) {
            throw new FormatException(
                    token.place(), tag, "must lie between 0 and 180", token.text(), "give it in degrees");
        }
        if (angle == 90) {
            return 0;
        }
        if (angle == 60 || angle == 120) {
            return angle == 60 ? 0.5 : -0.5;
        }
        return StrictMath.cos(StrictMath.toRadians(angle));
    }

    private Token required(Map<String, Token> row, String tag, String of) {
        @Nullable Token token = row.get(tag);
        if (token == null || token.text().isEmpty()) {
            throw new FormatException(
                    token == null ? header.place() : token.place(),
                    tag,
                    "is missing for " + of,
                    "",
                    "give it a number");
        }
        return token;
    }

    private static double number(Token token, String field) {
        String plain = UNCERTAINTY.matcher(token.text()).replaceFirst("");
        OptionalDouble number = Decimal.read(plain);
        if (number.isEmpty()) {
            throw new FormatException(
                    token.place(), field, "must be a finite number", token.text(), "write a decimal such as 0.2503(4)");
        }
        return number.getAsDouble();
    }

    private String item(String tag) {
        return text(items, tag);
    }

    private static String text(Map<String, Token> row, String tag) {
        @Nullable Token token = row.get(tag);
        return token == null ? "" : token.text();
    }
}
