package org.glassmap.analyses.phasediagrams;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds room for the names of points: tries places around each point, nearest first, and takes the one that covers
 * least. Greedy, in the order asked.
 */
final class LabelPlacement {

    /** A rectangle of the page that had better stay free. */
    record Obstacle(double x1, double y1, double x2, double y2, double price) {

        boolean overlaps(double left, double top, double right, double bottom) {
            return left < x2 && right > x1 && top < y2 && bottom > y1;
        }
    }

    /**
     * @param x start of the line of text
     * @param y its baseline
     */
    record Place(double x, double y, double width, double height) {

        double centreX() {
            return x + width / 2;
        }

        double centreY() {
            return y - height * 0.36;
        }
    }

    private static final double[] DISTANCES = {11, 16, 22, 30, 40, 52, 66, 82};
    private static final int DIRECTIONS = 16;
    private static final double PRICE_OF_A_NAME = 400;

    private final Axes frame;
    private final List<Obstacle> obstacles = new ArrayList<>();

    LabelPlacement(Axes frame) {
        this.frame = frame;
    }

    void avoid(double x1, double y1, double x2, double y2, double price) {
        obstacles.add(new Obstacle(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2), price));
    }

    /**
     * @param x of the point, on the page
     * @param y of the point, on the page
     * @param width of the name
     * @param size of the font
     */
    Place place(double x, double y, double width, double size) {
        Place best = new Place(x + DISTANCES[0], y, width, size);
        double lowest = Double.POSITIVE_INFINITY;
        for (double distance : DISTANCES) {
            for (int k = 0; k < DIRECTIONS; k++) {
                double angle = 2 * Math.PI * k / DIRECTIONS;
                Place place = around(x, y, distance, Math.cos(angle), Math.sin(angle), width, size);
                double price = price(place) + 0.5 * distance;
                if (price < lowest) {
                    lowest = price;
                    best = place;
                }
            }
        }
        avoid(best.x() - 3, best.y() - size, best.x() + width + 3, best.y() + 0.35 * size, PRICE_OF_A_NAME);
        return best;
    }

    /** The name's nearest edge lies {@code distance} from the point. */
    private static Place around(
            double x, double y, double distance, double cosine, double sine, double width, double size) {
        double left = x + distance * cosine - width * (1 - cosine) / 2;
        double baseline = y - distance * sine + 0.36 * size - 0.3 * size * sine;
        return new Place(left, baseline, width, size);
    }

    private double price(Place place) {
        double left = place.x() - 2;
        double right = place.x() + place.width() + 2;
        double top = place.y() - 0.8 * place.height();
        double bottom = place.y() + 0.25 * place.height();
        if (left < frame.left() + 3
                || right > frame.right() - 3
                || top < frame.top() + 3
                || bottom > frame.bottom() - 3) {
            return Double.POSITIVE_INFINITY;
        }
        double price = 0;
        for (Obstacle obstacle : obstacles) {
            price += obstacle.overlaps(left, top, right, bottom) ? obstacle.price() : 0;
        }
        return price;
    }
}
