package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;

/**
 * What a potential of VASP's says of itself, without the potential.
 *
 * @param title {@code PAW_PBE Li_sv 10Sep2004}: the family, the choice, the date. Part of the level of theory
 * @param species whom it stands for
 * @param exchange the functional it was made with ({@code LEXCH}): PE, CA, …
 * @param valence electrons ({@code ZVAL})
 * @param cutoff the plane waves it wants, eV ({@code ENMAX})
 */
public record Potcar(String title, Species species, String exchange, double valence, double cutoff) {

    private static final Pattern ITEM = Pattern.compile("\\b(TITEL|LEXCH|ZVAL|ENMAX)\\s*=\\s*([^;]{1,80})");
    private static final int MOST = 1000;

    /** The choice for its element: {@code Li_sv} of {@code PAW_PBE Li_sv 10Sep2004}. */
    public String choice() {
        return Columns.of(title).get(1);
    }

    /**
     * The potentials of a POTCAR, in order.
     *
     * @param in plain or compressed with gzip
     * @throws FormatException if there is none, or one does not say what it is
     */
    public static List<Potcar> read(InputStream in, ReadingLimits limits) throws IOException {
        LineSource lines = new LineSource(in, "POTCAR", limits);
        List<Potcar> potentials = new ArrayList<>();
        Map<String, String> items = new LinkedHashMap<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            Matcher item = ITEM.matcher(line.length() > 200 ? line.substring(0, 200) : line);
            while (item.find()) {
                items.putIfAbsent(item.group(1), item.group(2).strip());
            }
            if (line.contains("End of Dataset")) {
                potentials.add(of(items, lines.place()));
                items.clear();
            }
            if (potentials.size() > MOST) {
                throw new FormatException(
                        lines.place(), "potentials", "are more than %d".formatted(MOST), "", "send one per element");
            }
        }
        if (potentials.isEmpty() || !items.isEmpty()) {
            throw new FormatException(
                    lines.place(), "End of Dataset", "is missing", items.toString(), "give whole potentials of VASP");
        }
        return potentials;
    }

    /** As {@link #read(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static List<Potcar> read(InputStream in) throws IOException {
        return read(in, ReadingLimits.DEFAULT);
    }

    private static Potcar of(Map<String, String> items, Place place) {
        String title = required(items, "TITEL", place);
        List<String> words = Columns.of(title);
        return new Potcar(
                title,
                speciesOf(words.size() < 2 ? "" : words.get(1), place),
                Columns.of(required(items, "LEXCH", place)).getFirst(),
                number(items, "ZVAL", place),
                number(items, "ENMAX", place));
    }

    /** The element of a choice such as {@code Li_sv}, {@code Yb_2} or {@code H.5}. */
    static Species speciesOf(String choice, Place place) {
        int end = 0;
        while (end < choice.length() && Character.isLetter(choice.charAt(end))) {
            end++;
        }
        try {
            return Species.of(choice.substring(0, end));
        } catch (InvalidStructureException e) {
            throw FormatException.of(place, e);
        }
    }

    private static double number(Map<String, String> items, String field, Place place) {
        return Decimal.require(Columns.of(required(items, field, place)).getFirst(), field, place);
    }

    private static String required(Map<String, String> items, String field, Place place) {
        String value = items.getOrDefault(field, "");
        if (value.isBlank()) {
            throw new FormatException(place, field, "is missing", "", "give whole potentials of VASP");
        }
        return value;
    }
}
