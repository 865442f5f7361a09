package org.glassmap.analyses.phasediagrams;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.glassmap.analyses.figures.Drawing;
import org.glassmap.analyses.figures.Ink;
import org.glassmap.analyses.figures.Mark;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord.Point;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a phase diagram: formation energies over x with the hull in the upper panel, energies above the hull
 * in the lower. Made of the record's numbers alone.
 *
 * <p>The hull of the extensive convention is straight in (x, energy per formula unit). A formula unit has 7 − 4x atoms,
 * so in energy per atom it is the curve drawn here.
 */
final class PhaseDiagramFigure {

    private static final double WIDTH = 1000;
    private static final double LEFT = 86;
    private static final double PANEL_WIDTH = 790;
    private static final double UPPER_TOP = 58;
    private static final double UPPER_HEIGHT = 440;
    private static final double LOWER_TOP = 518;
    private static final double LOWER_HEIGHT = 190;

    /** The lowest structures' energies above the hull and the crystals fill the panels; what lies above is counted. */
    private static final double HEADROOM = 0.06;

    private static final double TITLE_SIZE = 19;
    private static final double AXIS_SIZE = 15;
    private static final double TICK_SIZE = 12.5;
    private static final double NAME_SIZE = 13.5;
    private static final double LEGEND_SIZE = 12.5;
    private static final double CAPTION_SIZE = 11.5;

    private static final Ink TEXT = Ink.of(0x1c1c1c);
    private static final Ink FAINT_TEXT = Ink.of(0x555555);
    private static final Ink FRAME = Ink.of(0x333333);
    private static final Ink GRID = Ink.of(0xe9e9e9);
    private static final Ink HULL = Ink.BLACK;
    private static final Ink OTHER = Ink.of(0xb4bec8);
    private static final Ink CRYSTAL = Ink.of(0xb5121b);

    /** viridis (matplotlib), at equal steps: readable in grey and by the colour-blind. */
    private static final Ink[] ABOVE_HULL = {
        Ink.of(0x440154), Ink.of(0x3b528b), Ink.of(0x21918c), Ink.of(0x5ec962), Ink.of(0xfde725)
    };

    private final PhaseDiagramRecord diagram;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Point> crystals;
    private final List<Point> lowest;
    private final List<Point> others;
    private final double colourTop;
    private final Axes upper;
    private final Axes lower;

    private PhaseDiagramFigure(PhaseDiagramRecord diagram) {
        this.diagram = diagram;
        // The lowest are drawn last, so that nothing covers them.
        this.crystals = diagram.points().stream()
                .filter(PhaseDiagramFigure::isCrystal)
                .sorted(comparingDouble(Point::energyAboveHull).reversed())
                .toList();
        List<Point> sampled =
                diagram.points().stream().filter(p -> !isCrystal(p)).toList();
        this.lowest = lowestPerComposition(sampled);
        this.others = sampled.stream().filter(p -> !lowest.contains(p)).toList();
        double highest = Stream.concat(lowest.stream(), crystals.stream())
                .mapToDouble(p -> meV(p.energyAboveHull()))
                .max()
                .orElse(0);
        double step = Axes.step(Math.max(highest, 10), 8);
        this.colourTop = step * Math.ceil(Math.max(highest, 10) / step);
        this.upper = upperAxes();
        this.lower = new Axes(
                LEFT, LOWER_TOP, PANEL_WIDTH, LOWER_HEIGHT, upper.xFrom(), upper.xTo(), 0, colourTop * (1 + HEADROOM));
    }

    static Drawing of(PhaseDiagramRecord diagram) {
        return new PhaseDiagramFigure(diagram).drawing();
    }

    private Drawing drawing() {
        grid(upper, 10);
        grid(lower, 5);
        upperPanel();
        lowerPanel();
        frame(upper);
        frame(lower);
        axisTitles();
        colourBar();
        double height = caption();
        return new Drawing(title(), WIDTH, height, marks);
    }

    private String title() {
        @Nullable String title = diagram.title();
        return title == null || title.isBlank() ? "Phase diagram of (Li₂S)ₓ(P₂S₅)₁₋ₓ" : ChemicalName.typeset(title);
    }

    private static boolean isCrystal(Point point) {
        return point.name() != null || (point.onHull() && (point.fraction() == 0 || point.fraction() == 1));
    }

    private static String name(Point crystal) {
        @Nullable String name = crystal.name();
        if (name != null) {
            return ChemicalName.typeset(name);
        }
        return crystal.fraction() == 0 ? "P₂S₅" : "Li₂S";
    }

    private static List<Point> lowestPerComposition(List<Point> points) {
        TreeMap<Double, Point> lowest = new TreeMap<>();
        points.forEach(
                p -> lowest.merge(p.fraction(), p, (a, b) -> a.energyAboveHull() <= b.energyAboveHull() ? a : b));
        return List.copyOf(lowest.values());
    }

    private Axes upperAxes() {
        double bottom = diagram.points().stream()
                .mapToDouble(p -> meV(p.formationEnergy()))
                .min()
                .orElse(0);
        double top = Stream.concat(lowest.stream(), crystals.stream())
                .mapToDouble(p -> meV(p.formationEnergy()))
                .max()
                .orElse(0);
        double range = Math.max(top - bottom, 20);
        // Room below the hull for the names of its crystals, above for those of the end members.
        return new Axes(
                LEFT, UPPER_TOP, PANEL_WIDTH, UPPER_HEIGHT, -0.03, 1.03, bottom - 0.12 * range, top + 0.10 * range);
    }

    private void grid(Axes axes, int most) {
        for (int tenth = 0; tenth <= 10; tenth++) {
            double x = axes.x(tenth / 10.0);
            marks.add(Mark.Path.line(x, axes.top(), x, axes.bottom(), GRID, 1));
        }
        double step = Axes.step(axes.yTo() - axes.yFrom(), most);
        for (double value = step * Math.ceil(axes.yFrom() / step); value <= axes.yTo(); value += step) {
            double y = axes.y(value);
            marks.add(Mark.Path.line(axes.left(), y, axes.right(), y, GRID, 1));
        }
    }

    private void frame(Axes axes) {
        marks.add(Mark.Path.box(axes.left(), axes.top(), axes.width(), axes.height(), null, FRAME));
        boolean last = axes == lower;
        for (int twentieth = 0; twentieth <= 20; twentieth++) {
            double x = axes.x(twentieth / 20.0);
            double length = twentieth % 2 == 0 ? 6 : 3;
            marks.add(Mark.Path.line(x, axes.bottom(), x, axes.bottom() - length, FRAME, 1));
            marks.add(Mark.Path.line(x, axes.top(), x, axes.top() + length, FRAME, 1));
            if (last && twentieth % 2 == 0) {
                text(decimal(twentieth / 20.0, 1), x, axes.bottom() + 18, TICK_SIZE, TEXT, 0.5);
            }
        }
        double step = Axes.step(axes.yTo() - axes.yFrom(), last ? 5 : 10);
        for (double value = step * Math.ceil(axes.yFrom() / step); value <= axes.yTo(); value += step) {
            double y = axes.y(value);
            marks.add(Mark.Path.line(axes.left(), y, axes.left() + 6, y, FRAME, 1));
            marks.add(Mark.Path.line(axes.right(), y, axes.right() - 6, y, FRAME, 1));
            text(decimal(value, step < 1 ? 1 : 0), axes.left() - 8, y + 4.5, TICK_SIZE, TEXT, 1);
        }
    }

    private void axisTitles() {
        text(title(), LEFT + PANEL_WIDTH / 2, 36, TITLE_SIZE, TEXT, 0.5);
        text("x in (Li₂S)ₓ(P₂S₅)₁₋ₓ", LEFT + PANEL_WIDTH / 2, lower.bottom() + 44, AXIS_SIZE, TEXT, 0.5);
        text("P₂S₅", lower.x(0), lower.bottom() + 40, AXIS_SIZE, CRYSTAL, 0.5);
        text("Li₂S", lower.x(1), lower.bottom() + 40, AXIS_SIZE, CRYSTAL, 0.5);
        turned("Formation energy (meV/atom)", upper.top() + upper.height() / 2);
        turned("Above hull (meV/atom)", lower.top() + lower.height() / 2);
    }

    private void upperPanel() {
        List<Point> shown = others.stream()
                .filter(p -> upper.shows(p.fraction(), meV(p.formationEnergy())))
                .toList();
        LabelPlacement names = new LabelPlacement(upper);
        hullCurve(names);
        for (Point point : shown) {
            disc(upper, point, meV(point.formationEnergy()), 2.3, OTHER, null);
            avoid(names, point, 2.3, 1);
        }
        for (Point point : lowest) {
            disc(upper, point, meV(point.formationEnergy()), 5.2, colour(point), Ink.BLACK);
            avoid(names, point, 5.2, 25);
        }
        double x = upper.x(-0.03) + 16;
        legend(x, upper.bottom(), names);
        for (Point crystal : crystals) {
            diamond(upper, crystal, meV(crystal.formationEnergy()));
            avoid(names, crystal, 8, 120);
        }
        crystals.stream()
                .sorted(comparingDouble(Point::energyAboveHull).thenComparingDouble(Point::fraction))
                .forEach(crystal -> name(crystal, names));
    }

    private void avoid(LabelPlacement names, Point point, double radius, double price) {
        double x = upper.x(point.fraction());
        double y = upper.y(meV(point.formationEnergy()));
        names.avoid(x - radius, y - radius, x + radius, y + radius, price);
    }

    private void name(Point crystal, LabelPlacement names) {
        String name = name(crystal);
        double x = upper.x(crystal.fraction());
        double y = upper.y(meV(crystal.formationEnergy()));
        LabelPlacement.Place place = names.place(x, y, Mark.Text.width(name, NAME_SIZE), NAME_SIZE);
        double nearestX = Math.clamp(x, place.x(), place.x() + place.width());
        double nearestY = Math.clamp(y, place.y() - 0.75 * NAME_SIZE, place.y() + 2);
        if (Math.hypot(nearestX - x, nearestY - y) > 18) {
            marks.add(Mark.Path.line(x, y, nearestX, nearestY, CRYSTAL, 0.8));
        }
        marks.add(new Mark.Text(name, place.x(), place.y(), NAME_SIZE, CRYSTAL, 0, 0, 3));
    }

    private void hullCurve(LabelPlacement names) {
        List<Point> vertices =
                diagram.hull().stream().map(diagram.points()::get).toList();
        for (int k = 0; k + 1 < vertices.size(); k++) {
            Point from = vertices.get(k);
            Point to = vertices.get(k + 1);
            int pieces = 80;
            double[] x = new double[pieces + 1];
            double[] y = new double[pieces + 1];
            for (int i = 0; i <= pieces; i++) {
                double share = i / (double) pieces;
                double fraction = from.fraction() + share * (to.fraction() - from.fraction());
                x[i] = upper.x(fraction);
                y[i] = upper.y(meV(onChord(from, to, share, fraction)));
                names.avoid(x[i] - 3, y[i] - 3, x[i] + 3, y[i] + 3, 14);
            }
            marks.add(Mark.Path.line(x, y, HULL, 2));
        }
    }

    /** Energy per atom between two vertices, by the diagram's own convention. */
    private double onChord(Point from, Point to, double share, double fraction) {
        if (diagram.convention().equals("paper-chord")) {
            return from.formationEnergy() + share * (to.formationEnergy() - from.formationEnergy());
        }
        double perFormula = from.formationEnergyPerFormula()
                + share * (to.formationEnergyPerFormula() - from.formationEnergyPerFormula());
        return perFormula / (7 - 4 * fraction);
    }

    private void lowerPanel() {
        for (Point point : others) {
            double above = meV(point.energyAboveHull());
            if (lower.shows(point.fraction(), above)) {
                disc(lower, point, above, 2.3, OTHER, null);
            }
        }
        for (Point point : lowest) {
            double above = meV(point.energyAboveHull());
            marks.add(Mark.Path.line(
                    lower.x(point.fraction()),
                    lower.y(0),
                    lower.x(point.fraction()),
                    lower.y(above),
                    colour(point).towards(Ink.WHITE, 0.35),
                    2));
            disc(lower, point, above, 5.2, colour(point), Ink.BLACK);
        }
        marks.add(Mark.Path.line(lower.x(0), lower.y(0), lower.x(1), lower.y(0), HULL, 2));
        crystals.forEach(crystal -> diamond(lower, crystal, meV(crystal.energyAboveHull())));
    }

    private void disc(Axes axes, Point point, double value, double radius, Ink fill, @Nullable Ink stroke) {
        marks.add(new Mark.Disc(axes.x(point.fraction()), axes.y(value), radius, fill, stroke, 0.9, note(point)));
    }

    /** Filled on the hull, open above it. */
    private void diamond(Axes axes, Point crystal, double value) {
        double x = axes.x(crystal.fraction());
        double y = axes.y(value);
        marks.add(diamond(x, y, crystal.onHull() ? CRYSTAL : Ink.WHITE, note(crystal)));
    }

    private static Mark diamond(double x, double y, Ink fill, @Nullable String note) {
        double radius = 7;
        return new Mark.Path(
                new double[] {x, x + radius, x, x - radius},
                new double[] {y - radius, y, y + radius, y},
                true,
                fill,
                CRYSTAL,
                1.8,
                new double[0],
                note);
    }

    private String note(Point point) {
        @Nullable String name = point.name();
        return "%s%s: x = %s, formation energy %s meV/atom, %s meV/atom above the hull; %s"
                .formatted(
                        name == null ? "" : name + ", ",
                        point.formula(),
                        decimal(point.fraction(), 4),
                        decimal(meV(point.formationEnergy()), 1),
                        decimal(meV(point.energyAboveHull()), 1),
                        point.structure());
    }

    private void legend(double left, double bottom, LabelPlacement names) {
        double lineHeight = 22;
        List<Runnable> rows = new ArrayList<>();
        double[] y = {0};
        double text = left + 34;
        double middle = left + 14;
        rows.add(() -> {
            marks.add(Mark.Path.line(left, y[0], left + 28, y[0], HULL, 2));
            legendText("convex hull", text, y[0]);
        });
        if (crystals.stream().anyMatch(Point::onHull)) {
            rows.add(() -> {
                marks.add(diamond(middle, y[0], CRYSTAL, null));
                legendText("crystal on the hull", text, y[0]);
            });
        }
        if (crystals.stream().anyMatch(p -> !p.onHull())) {
            rows.add(() -> {
                marks.add(diamond(middle, y[0], Ink.WHITE, null));
                legendText("crystal above the hull", text, y[0]);
            });
        }
        if (!lowest.isEmpty()) {
            rows.add(() -> {
                marks.add(new Mark.Disc(middle, y[0], 5.2, ABOVE_HULL[2], Ink.BLACK, 0.9, null));
                legendText("lowest sampled at each composition", text, y[0]);
            });
        }
        if (!others.isEmpty()) {
            rows.add(() -> {
                marks.add(new Mark.Disc(middle, y[0], 2.3, OTHER, null, 0, null));
                legendText("other sampled structures", text, y[0]);
            });
        }
        double top = bottom - 14 - lineHeight * rows.size();
        names.avoid(left, top, left + 270, bottom, 1000);
        for (int i = 0; i < rows.size(); i++) {
            y[0] = top + lineHeight * (i + 0.5);
            rows.get(i).run();
        }
    }

    private void legendText(String text, double x, double y) {
        text(text, x, y + 0.36 * LEGEND_SIZE, LEGEND_SIZE, TEXT, 0);
    }

    private void colourBar() {
        if (lowest.isEmpty()) {
            return;
        }
        double left = upper.right() + 22;
        double width = 16;
        int pieces = 100;
        for (int i = 0; i < pieces; i++) {
            double from = upper.bottom() - upper.height() * (i + 1.0) / pieces;
            double height = upper.height() / pieces + (i == 0 ? 0 : 0.6);
            marks.add(Mark.Path.box(left, from, width, height, colour((i + 0.5) / pieces), null));
        }
        marks.add(Mark.Path.box(left, upper.top(), width, upper.height(), null, FRAME));
        double step = Axes.step(colourTop, 8);
        for (double value = 0; value <= colourTop * (1 + 1e-9); value += step) {
            double y = upper.bottom() - upper.height() * value / colourTop;
            marks.add(Mark.Path.line(left + width, y, left + width + 4, y, FRAME, 1));
            text(decimal(value, step < 1 ? 1 : 0), left + width + 7, y + 4.5, TICK_SIZE, TEXT, 0);
        }
        marks.add(new Mark.Text(
                "Energy above hull (meV/atom)",
                left + width + 50,
                upper.top() + upper.height() / 2,
                TICK_SIZE,
                TEXT,
                0.5,
                90,
                0));
    }

    /** Ends the page; answers where. */
    private double caption() {
        long hidden = others.stream()
                .filter(p -> !upper.shows(p.fraction(), meV(p.formationEnergy())))
                .count();
        StringBuilder caption = new StringBuilder();
        caption.append("Reference method: ").append(diagram.referenceMethod()).append(". ");
        caption.append(count(diagram.points().size(), "structure", "structures"))
                .append(": ")
                .append(count(crystals.size(), "crystal", "crystals"))
                .append(" and ")
                .append(lowest.size() + others.size())
                .append(" sampled at ")
                .append(count(lowest.size(), "composition", "compositions"));
        caption.append(hidden == 0 ? ". " : " (%d above the frame). ".formatted(hidden));
        caption.append("Formation energies relative to the end members ");
        caption.append(
                diagram.convention().equals("paper-chord")
                        ? "and hull drawn straight in energy per atom, as printed in the paper (convention paper-chord)."
                        : "; the hull is straight in energy per formula unit, which has 7 − 4x atoms, hence curved here"
                                + " (convention extensive).");
        if (!diagram.offLine().isEmpty()) {
            caption.append(' ')
                    .append(count(diagram.offLine().size(), "label lies", "labels lie"))
                    .append(" off the line.");
        }
        double y = lower.bottom() + 70;
        for (String line : wrapped(caption.toString().replace(" ;", ";"), WIDTH - LEFT - 40)) {
            text(line, LEFT, y, CAPTION_SIZE, FAINT_TEXT, 0);
            y += 1.45 * CAPTION_SIZE;
        }
        return y + 8;
    }

    private static List<String> wrapped(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && Mark.Text.width(line + " " + word, CAPTION_SIZE) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private Ink colour(Point point) {
        return colour(Math.clamp(meV(point.energyAboveHull()) / colourTop, 0, 1));
    }

    private static Ink colour(double share) {
        double place = share * (ABOVE_HULL.length - 1);
        int piece = (int) Math.min(place, ABOVE_HULL.length - 2);
        return ABOVE_HULL[piece].towards(ABOVE_HULL[piece + 1], place - piece);
    }

    private void turned(String text, double y) {
        marks.add(new Mark.Text(text, 26, y, AXIS_SIZE, TEXT, 0.5, 90, 0));
    }

    private void text(String text, double x, double y, double size, Ink ink, double anchor) {
        marks.add(new Mark.Text(text, x, y, size, ink, anchor, 0, 0));
    }

    private static double meV(double eV) {
        return 1000 * eV;
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** With a real minus sign, and no minus before zero. */
    private static String decimal(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        boolean zero = text.chars().allMatch(c -> c == '-' || c == '.' || c == '0');
        return zero ? text.replace("-", "") : text.replace('-', '−');
    }
}
