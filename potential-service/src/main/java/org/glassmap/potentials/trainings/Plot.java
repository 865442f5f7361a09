package org.glassmap.potentials.trainings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plot of points or lines over two axes of one kind, linear or logarithmic, as an SVG document. Series are told apart
 * by colour and by the order in the legend.
 */
final class Plot {

    private static final double WIDTH = 560;
    private static final double HEIGHT = 520;
    private static final double LEFT = 78;
    private static final double TOP = 46;
    private static final double PANEL = 400;

    /** Okabe and Ito's: told apart by the colour-blind. */
    private static final List<String> COLOURS =
            List.of("#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#0072b2", "#e69f00", "#000000", "#999999");

    private final String title;
    private final Axis horizontal;
    private final Axis vertical;
    private final StringBuilder marks = new StringBuilder();
    private final List<String> legend = new ArrayList<>();

    /**
     * @param name with its unit
     * @param from smallest value shown; positive on a logarithmic axis
     * @param to largest value shown, above {@code from}
     */
    record Axis(String name, double from, double to, boolean logarithmic) {

        Axis {
            if (!(to > from) || logarithmic && !(from > 0)) {
                throw new IllegalArgumentException("an axis cannot go from %s to %s".formatted(from, to));
            }
        }

        /** Around all values, with a little room; around 0 where there is none. */
        static Axis around(String name, double[] values, boolean logarithmic) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                if (Double.isFinite(value) && (!logarithmic || value > 0)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            if (!(high >= low)) {
                return logarithmic ? new Axis(name, 0.1, 10, true) : new Axis(name, -1, 1, false);
            }
            if (logarithmic) {
                return new Axis(name, low / 1.2, high * 1.2, true);
            }
            double room = high > low ? 0.04 * (high - low) : Math.max(1e-6, 0.1 * Math.abs(high));
            return new Axis(name, low - room, high + room, false);
        }

        double share(double value) {
            return logarithmic
                    ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
                    : (value - from) / (to - from);
        }

        boolean shows(double value) {
            return value >= from && value <= to;
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            if (logarithmic) {
                for (double decade = Math.pow(10, Math.floor(Math.log10(from))); decade <= to; decade *= 10) {
                    for (double factor : new double[] {1, 2, 5}) {
                        if (shows(factor * decade)) {
                            ticks.add(factor * decade);
                        }
                    }
                }
                return ticks;
            }
            double rough = (to - from) / 5;
            double unit = Math.pow(10, Math.floor(Math.log10(rough)));
            double step = unit * (rough / unit < 2 ? 2 : rough / unit < 5 ? 5 : 10);
            for (long k = (long) Math.ceil(from / step); k * step <= to; k++) {
                ticks.add(k * step);
            }
            return ticks;
        }
    }

    Plot(String title, Axis horizontal, Axis vertical) {
        this.title = title;
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private double x(double value) {
        return LEFT + PANEL * horizontal.share(value);
    }

    private double y(double value) {
        return TOP + PANEL * (1 - vertical.share(value));
    }

    private String colour() {
        return COLOURS.get((legend.size() - 1) % COLOURS.size());
    }

    Plot points(String name, double[] xs, double[] ys) {
        legend.add(name);
        marks.append("<g fill=\"%s\" fill-opacity=\"0.6\">".formatted(colour()));
        for (int k = 0; k < xs.length; k++) {
            if (horizontal.shows(xs[k]) && vertical.shows(ys[k])) {
                marks.append("<circle cx=\"%s\" cy=\"%s\" r=\"2.2\"/>".formatted(number(x(xs[k])), number(y(ys[k]))));
            }
        }
        marks.append("</g>\n");
        return this;
    }

    /** Broken where a value is not on the axes. */
    Plot line(String name, double[] xs, double[] ys) {
        legend.add(name);
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int k = 0; k < xs.length; k++) {
            boolean shown = horizontal.shows(xs[k]) && vertical.shows(ys[k]);
            if (shown) {
                path.append(down ? "L" : "M")
                        .append(number(x(xs[k])))
                        .append(' ')
                        .append(number(y(ys[k])));
            }
            down = shown;
        }
        marks.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>\n".formatted(path, colour()));
        return this;
    }

    /** Where both axes say the same. */
    Plot diagonal() {
        double from = Math.max(horizontal.from, vertical.from);
        double to = Math.min(horizontal.to, vertical.to);
        if (to > from) {
            marks.append("<path d=\"M%s %sL%s %s\" stroke=\"#333\" stroke-dasharray=\"4 3\"/>\n"
                    .formatted(number(x(from)), number(y(from)), number(x(to)), number(y(to))));
        }
        return this;
    }

    /** UTF-8, a document of its own. */
    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" font-family=\"sans-serif\" font-size=\"13\">\n"
                        .formatted(number(WIDTH), number(HEIGHT)));
        svg.append("<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n"
                .formatted(escaped(title)));
        text(svg, title, LEFT, 22, "start", 0, 15);
        axes(svg);
        svg.append(marks);
        svg.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\" stroke=\"#333\"/>\n"
                .formatted(number(LEFT), number(TOP), number(PANEL), number(PANEL)));
        for (int k = 0; k < legend.size(); k++) {
            double at = TOP + 18 + 17 * k;
            svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\"/>\n"
                    .formatted(number(LEFT + 14), number(at - 4), COLOURS.get(k % COLOURS.size())));
            text(svg, legend.get(k), LEFT + 24, at, "start", 0, 12);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg) {
        for (double tick : horizontal.ticks()) {
            svg.append("<path d=\"M%1$s %2$sV%3$s\" stroke=\"#e9e9e9\"/>\n"
                    .formatted(number(x(tick)), number(TOP), number(TOP + PANEL)));
            text(svg, tick(tick), x(tick), TOP + PANEL + 17, "middle", 0, 12);
        }
        for (double tick : vertical.ticks()) {
            svg.append("<path d=\"M%1$s %2$sH%3$s\" stroke=\"#e9e9e9\"/>\n"
                    .formatted(number(LEFT), number(y(tick)), number(LEFT + PANEL)));
            text(svg, tick(tick), LEFT - 7, y(tick) + 4, "end", 0, 12);
        }
        text(svg, horizontal.name, LEFT + PANEL / 2, TOP + PANEL + 40, "middle", 0, 13);
        text(svg, vertical.name, 20, TOP + PANEL / 2, "middle", -90, 13);
    }

    private static String tick(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e")
                ? text
                : text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static void text(
            StringBuilder svg, String text, double x, double y, String anchor, double turn, double size) {
        svg.append(
                "<text x=\"%1$s\" y=\"%2$s\" text-anchor=\"%3$s\" font-size=\"%4$s\" transform=\"rotate(%5$s %1$s %2$s)\">%6$s</text>\n"
                        .formatted(number(x), number(y), anchor, number(size), number(turn), escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
