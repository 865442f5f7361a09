package org.glassmap.analyses.figures;

/**
 * A colour of the sRGB space.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Ink(int red, int green, int blue) {

    public static final Ink BLACK = of(0x000000);
    public static final Ink WHITE = of(0xffffff);

    public Ink {
        if (((red | green | blue) & ~0xFF) != 0) {
            throw new IllegalArgumentException(
                    "components must lie in 0..255, got %d, %d, %d".formatted(red, green, blue));
        }
    }

    /** @param rgb as {@code 0xrrggbb} */
    public static Ink of(int rgb) {
        return new Ink((rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF);
    }

    /** On the straight line from this (at 0) to another (at 1). */
    public Ink towards(Ink other, double share) {
        return new Ink(
                between(red, other.red, share), between(green, other.green, share), between(blue, other.blue, share));
    }

    /** As {@code #rrggbb}. */
    public String hex() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
