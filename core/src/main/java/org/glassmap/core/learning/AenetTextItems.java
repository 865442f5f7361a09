package org.glassmap.core.learning;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.Species;

/**
 * The same items as text, in any of three layouts: ænet's own (four numbers a line, names one a line), the exchange
 * layout (one array a line, names on one line), and that of {@code nnASCII2bin.x --to-ascii}, which runs names together
 * in fields of two characters.
 */
final class AenetTextItems implements AenetItems {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,10}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eEdD][+-]?\\d{1,4}|[+-]\\d{3})?");

    private final String[] lines;

    /** The next line to take, the fields of the present one, and the next of these. */
    private int line;

    private String[] fields = new String[0];
    private int field;
    private String name = "";

    AenetTextItems(byte[] file) {
        this.lines = new String(file, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    }

    @Override
    public String place() {
        return "line %d (%s)".formatted(line, name);
    }

    private PotentialFileException wrong(String message) {
        return new PotentialFileException(place(), message);
    }

    /** A whole line; what is left of the present one must be nothing. */
    private String wholeLine(String what) {
        name = what;
        if (field != fields.length) {
            throw wrong("'%s' is one value too many before it".formatted(shortened(fields[field])));
        }
        if (line == lines.length) {
            throw wrong("the file is cut short");
        }
        return lines[line++];
    }

    private String peek(String what) {
        name = what;
        while (field == fields.length) {
            if (line == lines.length) {
                throw wrong("the file is cut short");
            }
            String text = lines[line++].strip();
            fields = text.isEmpty() ? new String[0] : text.split("\\s+");
            field = 0;
        }
        return fields[field];
    }

    private String take(String what) {
        String word = peek(what);
        field++;
        return word;
    }

    @Override
    public int integer(String what) {
        String word = take(what);
        if (WHOLE.matcher(word).matches()) {
            long value = Long.parseLong(word);
            if (value == (int) value) {
                return (int) value;
            }
        }
        throw wrong("expected a whole number of 32 bits, got '%s'".formatted(shortened(word)));
    }

    @Override
    public int[] integers(String what, int count) {
        int[] values = new int[count];
        for (int k = 0; k < count; k++) {
            values[k] = integer(what);
        }
        return values;
    }

    @Override
    public double real(String what) {
        String word = take(what);
        if (!DECIMAL.matcher(word).matches()) {
            throw wrong("expected a finite number, got '%s'".formatted(shortened(word)));
        }
        double value = Double.parseDouble(withExponentLetter(word));
        if (!Double.isFinite(value)) {
            throw wrong("expected a finite number, got '%s'".formatted(shortened(word)));
        }
        return value;
    }

    /** Fortran writes 1.0D−05, and 1.0−105 where an exponent of three digits leaves no room for the letter. */
    private static String withExponentLetter(String word) {
        String letter = word.replace('d', 'e').replace('D', 'e');
        int sign = Math.max(letter.lastIndexOf('+'), letter.lastIndexOf('-'));
        boolean bare =
                sign > 0 && Character.isDigit(letter.charAt(sign - 1)) || sign > 0 && letter.charAt(sign - 1) == '.';
        return bare ? letter.substring(0, sign) + "e" + letter.substring(sign) : letter;
    }

    @Override
    public double[] reals(String what, int count) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = real(what);
        }
        return values;
    }

    @Override
    public boolean logical(String what) {
        String word = take(what);
        return switch (word) {
            case "T", "True", "true", ".true.", ".TRUE.", "t" -> true;
            case "F", "False", "false", ".false.", ".FALSE.", "f" -> false;
            default -> throw wrong("expected T or F, got '%s'".formatted(shortened(word)));
        };
    }

    @Override
    public String text(String what, int length) {
        String text = wholeLine(what).stripTrailing();
        if (text.length() > length) {
            throw wrong("at most %d characters fit, there are %d".formatted(length, text.length()));
        }
        return text;
    }

    @Override
    public List<Species> species(String what, int count) {
        String text = wholeLine(what).strip();
        String[] words = text.split("\\s+");
        List<String> symbols = new ArrayList<>();
        if (words.length == count) {
            symbols.addAll(List.of(words));
        } else if (words.length == 1 && text.length() <= 2) {
            symbols.add(text);
            while (symbols.size() < count) {
                symbols.add(wholeLine(what).strip());
            }
        } else {
            for (int s = 0; s < count; s++) {
                int from = Math.min(text.length(), 2 * s);
                symbols.add(
                        text.substring(from, Math.min(text.length(), from + 2)).strip());
            }
        }
        List<Species> species = new ArrayList<>();
        for (String symbol : symbols) {
            try {
                species.add(Species.of(symbol));
            } catch (IllegalArgumentException e) {
                throw new PotentialFileException(place(), String.valueOf(e.getMessage()), e);
            }
        }
        return species;
    }

    /** Whole numbers up to the first that is not: ænet's own layout writes sfenv with another length than the others. */
    @Override
    public int evaluations(int environment, int features) {
        List<Integer> whole = new ArrayList<>();
        int most = Math.max(2, environment) * features + 1;
        while (WHOLE.matcher(peek("sfenv, neval")).matches()) {
            if (whole.size() == most) {
                throw wrong("more than %d whole numbers".formatted(most));
            }
            whole.add(integer("sfenv, neval"));
        }
        int before = whole.size() - 1;
        if (before != 2 * features && before != environment * features) {
            throw wrong("expected %d or %d whole numbers and then neval, got %d"
                    .formatted(2 * features, environment * features, whole.size()));
        }
        return whole.getLast();
    }

    @Override
    public void requireEnd() {
        if (field != fields.length) {
            throw wrong("'%s' follows the last value".formatted(shortened(fields[field])));
        }
        while (line < lines.length) {
            if (!lines[line++].isBlank()) {
                throw wrong("a line follows the last value");
            }
        }
    }

    private static String shortened(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "…" : word;
    }
}
