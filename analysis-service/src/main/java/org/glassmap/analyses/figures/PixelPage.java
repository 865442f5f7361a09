package org.glassmap.analyses.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A drawing in pixels. Text is drawn as the typeface's outlines: no font of the machine is touched. */
final class PixelPage {

    private final BufferedImage image;
    private final Graphics2D pen;

    PixelPage(Drawing drawing, double scale) {
        if (!(scale > 0) || scale > 10) {
            throw new IllegalArgumentException("scale must lie in (0, 10], got " + scale);
        }
        int width = (int) Math.ceil(drawing.width() * scale);
        int height = (int) Math.ceil(drawing.height() * scale);
        this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.scale(scale, scale);
        drawing.marks().forEach(this::draw);
        pen.dispose();
    }

    byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IllegalStateException("this Java platform writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void draw(Mark mark) {
        switch (mark) {
            case Mark.Path path -> paint(shape(path), path.fill(), path.stroke(), path.width(), path.dashes());
            case Mark.Disc disc ->
                paint(
                        new Ellipse2D.Double(
                                disc.x() - disc.radius(),
                                disc.y() - disc.radius(),
                                2 * disc.radius(),
                                2 * disc.radius()),
                        disc.fill(),
                        disc.stroke(),
                        disc.width(),
                        new double[0]);
            case Mark.Text text -> draw(text);
        }
    }

    private void draw(Mark.Text text) {
        AffineTransform place = AffineTransform.getTranslateInstance(text.x(), text.y());
        place.rotate(Math.toRadians(-text.turn()));
        place.translate(-text.anchor() * text.width(), 0);
        Shape letters = place.createTransformedShape(Typeface.dejaVuSans().outline(text.text(), text.size()));
        if (text.halo() > 0) {
            paint(letters, null, Ink.WHITE, text.halo(), new double[0]);
        }
        paint(letters, text.ink(), null, 0, new double[0]);
    }

    private static Shape shape(Mark.Path path) {
        Path2D shape = new Path2D.Double();
        shape.moveTo(path.x()[0], path.y()[0]);
        for (int i = 1; i < path.x().length; i++) {
            shape.lineTo(path.x()[i], path.y()[i]);
        }
        if (path.closed()) {
            shape.closePath();
        }
        return shape;
    }

    private void paint(Shape shape, @Nullable Ink fill, @Nullable Ink stroke, double width, double[] dashes) {
        if (fill != null) {
            pen.setColor(color(fill));
            pen.fill(shape);
        }
        if (stroke != null) {
            pen.setColor(color(stroke));
            pen.setStroke(stroke(width, dashes));
            pen.draw(shape);
        }
    }

    private static BasicStroke stroke(double width, double[] dashes) {
        if (dashes.length == 0) {
            return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        }
        float[] lengths = new float[dashes.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (float) dashes[i];
        }
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths, 0);
    }

    private static Color color(Ink ink) {
        return new Color(ink.red(), ink.green(), ink.blue());
    }
}
