package org.glassmap.analyses.figures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A drawing as SVG 1.1. Text stays text; each line states its length, so that another font than DejaVu Sans, where
 * that is missing, keeps the layout.
 */
final class SvgPage {

    private final StringBuilder svg = new StringBuilder(1 << 16);

    SvgPage(Drawing drawing) {
        String width = number(drawing.width());
        String height = number(drawing.height());
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        svg.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\""
                                + " font-family=\"'DejaVu Sans', Verdana, 'Bitstream Vera Sans', sans-serif\""
                                + " stroke-linecap=\"round\" stroke-linejoin=\"round\">\n")
                        .formatted(width, height, width, height));
        svg.append("<title>").append(escaped(drawing.title())).append("</title>\n");
        svg.append("<rect width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n".formatted(width, height));
        drawing.marks().forEach(this::append);
        svg.append("</svg>\n");
    }

    byte[] bytes() {
        return svg.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(Mark mark) {
        switch (mark) {
            case Mark.Path path -> append(path);
            case Mark.Disc disc ->
                element(
                        "circle",
                        "cx=\"%s\" cy=\"%s\" r=\"%s\"%s"
                                .formatted(
                                        number(disc.x()),
                                        number(disc.y()),
                                        number(disc.radius()),
                                        paint(disc.fill(), disc.stroke(), disc.width(), new double[0])),
                        disc.note());
            case Mark.Text text -> append(text);
        }
    }

    private void append(Mark.Path path) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < path.x().length; i++) {
            points.append(i == 0 ? "M" : "L")
                    .append(number(path.x()[i]))
                    .append(' ')
                    .append(number(path.y()[i]));
        }
        points.append(path.closed() ? "Z" : "");
        element(
                "path",
                "d=\"%s\"%s".formatted(points, paint(path.fill(), path.stroke(), path.width(), path.dashes())),
                path.note());
    }

    private void append(Mark.Text text) {
        String turn = text.turn() == 0
                ? ""
                : " transform=\"rotate(%s %s %s)\"".formatted(number(-text.turn()), number(text.x()), number(text.y()));
        String halo = text.halo() == 0
                ? ""
                : " stroke=\"#ffffff\" stroke-width=\"%s\" paint-order=\"stroke\"".formatted(number(text.halo()));
        double start = text.x() - text.anchor() * text.width();
        svg.append(
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" textLength=\"%s\" lengthAdjust=\"spacingAndGlyphs\"%s%s>%s</text>\n"
                        .formatted(
                                number(start),
                                number(text.y()),
                                number(text.size()),
                                text.ink().hex(),
                                number(text.width()),
                                halo,
                                turn,
                                escaped(text.text())));
    }

    private void element(String name, String attributes, @Nullable String note) {
        svg.append('<').append(name).append(' ').append(attributes);
        if (note == null) {
            svg.append("/>\n");
        } else {
            svg.append("><title>")
                    .append(escaped(note))
                    .append("</title></")
                    .append(name)
                    .append(">\n");
        }
    }

    private static String paint(@Nullable Ink fill, @Nullable Ink stroke, double width, double[] dashes) {
        String paint = " fill=\"%s\"".formatted(fill == null ? "none" : fill.hex());
        if (stroke != null) {
            paint += " stroke=\"%s\" stroke-width=\"%s\"".formatted(stroke.hex(), number(width));
        }
        if (dashes.length > 0) {
            paint += " stroke-linecap=\"butt\" stroke-dasharray=\"%s\""
                    .formatted(Arrays.stream(dashes).mapToObj(SvgPage::number).collect(Collectors.joining(" ")));
        }
        return paint;
    }

    /** A hundredth of a unit is finer than any screen. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /** For text and attributes; characters that XML 1.0 cannot carry become U+FFFD. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(carried(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean carried(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c > 0xFFFF;
    }
}
