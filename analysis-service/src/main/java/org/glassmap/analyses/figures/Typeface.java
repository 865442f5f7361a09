package org.glassmap.analyses.figures;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A TrueType font read as outlines (OpenType 1.9: {@code head}, {@code maxp}, {@code hhea}, {@code hmtx}, {@code cmap}
 * format 4, {@code loca}, {@code glyf}). Neither kerning nor hinting.
 *
 * <p>Why not {@code java.awt.Font}: it starts the platform's font manager, which needs libfontconfig and at least one
 * installed font; a server has neither. Outlines of the shipped DejaVu Sans look the same everywhere.
 */
final class Typeface {

    private static final int ON_CURVE = 0x01;
    private static final int SHORT_X = 0x02;
    private static final int SHORT_Y = 0x04;
    private static final int REPEAT = 0x08;
    private static final int SAME_X = 0x10;
    private static final int SAME_Y = 0x20;

    private static final int ARGUMENTS_ARE_WORDS = 0x0001;
    private static final int ARGUMENTS_ARE_OFFSETS = 0x0002;
    private static final int HAS_SCALE = 0x0008;
    private static final int MORE_COMPONENTS = 0x0020;
    private static final int HAS_TWO_SCALES = 0x0040;
    private static final int HAS_MATRIX = 0x0080;

    /** Composite glyphs of composite glyphs end here; DejaVu has two levels. */
    private static final int MAXIMUM_DEPTH = 8;

    private static final Typeface DEJAVU_SANS = read("DejaVuSans.ttf");

    private final ByteBuffer font;
    private final Map<String, Integer> tables;
    private final int unitsPerEm;
    private final boolean longOffsets;
    private final int glyphs;
    private final int advances;

    private Typeface(byte[] bytes) {
        this.font = ByteBuffer.wrap(bytes);
        this.tables = new HashMap<>();
        int count = unsigned(4);
        for (int i = 0; i < count; i++) {
            int record = 12 + 16 * i;
            tables.put(new String(bytes, record, 4, StandardCharsets.US_ASCII), font.getInt(record + 8));
        }
        this.unitsPerEm = unsigned(table("head") + 18);
        this.longOffsets = font.getShort(table("head") + 50) != 0;
        this.glyphs = unsigned(table("maxp") + 4);
        this.advances = unsigned(table("hhea") + 34);
    }

    /** The font that every figure is set in. */
    static Typeface dejaVuSans() {
        return DEJAVU_SANS;
    }

    /** How far a line of text reaches, in the unit of {@code size} (the height of the em square). */
    double width(String text, double size) {
        long units = text.codePoints().mapToLong(c -> advance(glyph(c))).sum();
        return units * size / unitsPerEm;
    }

    /** The filled outline of a line of text that starts at the origin; y downwards, the baseline at 0. */
    Path2D outline(String text, double size) {
        double scale = size / unitsPerEm;
        Path2D line = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double x = 0;
        for (int c : text.codePoints().toArray()) {
            int glyph = glyph(c);
            Path2D outline = outline(glyph, 0);
            line.append(outline.getPathIterator(new AffineTransform(scale, 0, 0, -scale, x, 0)), false);
            x += advance(glyph) * scale;
        }
        return line;
    }

    /** Whether the font can draw it. */
    boolean has(int codePoint) {
        return glyph(codePoint) != 0;
    }

    private static Typeface read(String resource) {
        try (@Nullable InputStream in = Typeface.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the font " + resource + " is missing from the class path");
            }
            return new Typeface(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the font " + resource + " cannot be read", e);
        }
    }

    private int advance(int glyph) {
        return unsigned(table("hmtx") + 4 * Math.min(glyph, advances - 1));
    }

    /** Index of the glyph, 0 (an empty box) for what the font lacks: {@code cmap}, Unicode plane 0. */
    private int glyph(int codePoint) {
        if (codePoint > 0xFFFF) {
            return 0;
        }
        int map = unicodeMap();
        int segments = unsigned(map + 6) / 2;
        int ends = map + 14;
        int starts = ends + 2 * segments + 2;
        int deltas = starts + 2 * segments;
        int ranges = deltas + 2 * segments;
        for (int i = 0; i < segments; i++) {
            if (codePoint <= unsigned(ends + 2 * i)) {
                int start = unsigned(starts + 2 * i);
                if (codePoint < start) {
                    return 0;
                }
                int delta = unsigned(deltas + 2 * i);
                int range = unsigned(ranges + 2 * i);
                if (range == 0) {
                    return (codePoint + delta) & 0xFFFF;
                }
                int glyph = unsigned(ranges + 2 * i + range + 2 * (codePoint - start));
                return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
            }
        }
        return 0;
    }

    private int unicodeMap() {
        int cmap = table("cmap");
        int count = unsigned(cmap + 2);
        for (int i = 0; i < count; i++) {
            int record = cmap + 4 + 8 * i;
            int map = cmap + font.getInt(record + 4);
            if (unsigned(record) == 3 && unsigned(record + 2) == 1 && unsigned(map) == 4) {
                return map;
            }
        }
        throw new IllegalStateException("the font has no Unicode character map of format 4");
    }

    private Path2D outline(int glyph, int depth) {
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        if (glyph >= glyphs || depth > MAXIMUM_DEPTH) {
            return outline;
        }
        int from = offset(glyph);
        if (offset(glyph + 1) == from) {
            return outline;
        }
        int start = table("glyf") + from;
        int contours = font.getShort(start);
        if (contours >= 0) {
            appendSimple(outline, start + 10, contours);
        } else {
            appendComposite(outline, start + 10, depth);
        }
        return outline;
    }

    private int offset(int glyph) {
        int loca = table("loca");
        return longOffsets ? font.getInt(loca + 4 * glyph) : 2 * unsigned(loca + 2 * glyph);
    }

    private void appendSimple(Path2D outline, int at, int contours) {
        int[] ends = new int[contours];
        for (int i = 0; i < contours; i++) {
            ends[i] = unsigned(at + 2 * i);
        }
        int points = contours == 0 ? 0 : ends[contours - 1] + 1;
        int p = at + 2 * contours;
        p += 2 + unsigned(p); // hinting instructions
        int[] flags = new int[points];
        for (int i = 0; i < points; i++) {
            flags[i] = font.get(p++) & 0xFF;
            if ((flags[i] & REPEAT) != 0) {
                int copies = font.get(p++) & 0xFF;
                for (; copies > 0 && i + 1 < points; copies--) {
                    flags[i + 1] = flags[i];
                    i++;
                }
            }
        }
        double[] x = new double[points];
        p = coordinates(x, flags, p, SHORT_X, SAME_X);
        double[] y = new double[points];
        coordinates(y, flags, p, SHORT_Y, SAME_Y);
        int first = 0;
        for (int end : ends) {
            appendContour(outline, x, y, flags, first, end);
            first = end + 1;
        }
    }

    /** Differences from point to point: a byte with its sign in a flag, nothing, or a word. */
    private int coordinates(double[] values, int[] flags, int from, int shortFlag, int sameFlag) {
        int p = from;
        int value = 0;
        for (int i = 0; i < values.length; i++) {
            if ((flags[i] & shortFlag) != 0) {
                int step = font.get(p++) & 0xFF;
                value += (flags[i] & sameFlag) != 0 ? step : -step;
            } else if ((flags[i] & sameFlag) == 0) {
                value += font.getShort(p);
                p += 2;
            }
            values[i] = value;
        }
        return p;
    }

    /** Quadratic splines: between two points off the curve lies an implied one on it. */
    private static void appendContour(Path2D outline, double[] x, double[] y, int[] flags, int first, int last) {
        int n = last - first + 1;
        if (n < 2) {
            return;
        }
        int start = -1;
        for (int i = first; i <= last && start < 0; i++) {
            start = (flags[i] & ON_CURVE) != 0 ? i : -1;
        }
        double startX = start >= 0 ? x[start] : (x[first] + x[last]) / 2;
        double startY = start >= 0 ? y[start] : (y[first] + y[last]) / 2;
        int begin = start >= 0 ? start + 1 - first : 0;
        outline.moveTo(startX, startY);
        boolean pending = false;
        double controlX = 0;
        double controlY = 0;
        int steps = start >= 0 ? n - 1 : n;
        for (int k = 0; k < steps; k++) {
            int i = first + (begin + k) % n;
            if ((flags[i] & ON_CURVE) != 0) {
                if (pending) {
                    outline.quadTo(controlX, controlY, x[i], y[i]);
                } else {
                    outline.lineTo(x[i], y[i]);
                }
                pending = false;
            } else {
                if (pending) {
                    outline.quadTo(controlX, controlY, (controlX + x[i]) / 2, (controlY + y[i]) / 2);
                }
                controlX = x[i];
                controlY = y[i];
                pending = true;
            }
        }
        if (pending) {
            outline.quadTo(controlX, controlY, startX, startY);
        }
        outline.closePath();
    }

    private void appendComposite(Path2D outline, int at, int depth) {
        int p = at;
        int flags;
        do {
            flags = unsigned(p);
            int component = unsigned(p + 2);
            p += 4;
            boolean words = (flags & ARGUMENTS_ARE_WORDS) != 0;
            boolean offsets = (flags & ARGUMENTS_ARE_OFFSETS) != 0;
            double dx = offsets ? (words ? font.getShort(p) : font.get(p)) : 0;
            double dy = offsets ? (words ? font.getShort(p + 2) : font.get(p + 1)) : 0;
            p += words ? 4 : 2;
            double xx = 1;
            double xy = 0;
            double yx = 0;
            double yy = 1;
            if ((flags & HAS_SCALE) != 0) {
                xx = fraction(p);
                yy = xx;
                p += 2;
            } else if ((flags & HAS_TWO_SCALES) != 0) {
                xx = fraction(p);
                yy = fraction(p + 2);
                p += 4;
            } else if ((flags & HAS_MATRIX) != 0) {
                xx = fraction(p);
                xy = fraction(p + 2);
                yx = fraction(p + 4);
                yy = fraction(p + 6);
                p += 8;
            }
            AffineTransform placed = new AffineTransform(xx, xy, yx, yy, dx, dy);
            outline.append(outline(component, depth + 1).getPathIterator(placed), false);
        } while ((flags & MORE_COMPONENTS) != 0);
    }

    /** A signed 2.14 fixed-point number. */
    private double fraction(int at) {
        return font.getShort(at) / 16384.0;
    }

    private int table(String name) {
        @Nullable Integer offset = tables.get(name);
        if (offset == null) {
            throw new IllegalStateException("the font has no table " + name);
        }
        return offset;
    }

    private int unsigned(int at) {
        return font.getShort(at) & 0xFFFF;
    }
}
