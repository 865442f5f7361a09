package org.glassmap.core.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LowerHullTest {

    @Test
    void noPointLiesBelowIt() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            double[] x = new double[1 + random.nextInt(60)];
            double[] y = new double[x.length];
            points(random, x, y);
            LowerHull hull = LowerHull.of(x, y);
            for (int i = 0; i < x.length; i++) {
                assertThat(y[i]).isGreaterThanOrEqualTo(hull.at(x[i]).height() - 1e-15);
            }
        }
    }

    @Test
    void itsVerticesArePointsAndTurnLeft() {
        SplittableRandom random = new SplittableRandom(2);
        double[] x = new double[1000];
        double[] y = new double[1000];
        points(random, x, y);
        var vertices = LowerHull.of(x, y).vertices();
        for (int k = 0; k < vertices.size(); k++) {
            assertThat(vertices.get(k).x()).isEqualTo(x[vertices.get(k).id()]);
            assertThat(vertices.get(k).y()).isEqualTo(y[vertices.get(k).id()]);
            if (k >= 2) {
                assertThat(slope(vertices.get(k - 2), vertices.get(k - 1)))
                        .isLessThan(slope(vertices.get(k - 1), vertices.get(k)));
            }
        }
    }

    @Test
    void pointsOneByOneInAnyOrderGiveTheSameHullAsAllAtOnce() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 300; trial++) {
            double[] x = new double[1 + random.nextInt(80)];
            double[] y = new double[x.length];
            points(random, x, y);
            LowerHull grown = new LowerHull();
            for (int i = 0; i < x.length; i++) {
                grown.insert(x[i], y[i], i);
            }
            assertThat(grown.vertices()).isEqualTo(LowerHull.of(x, y).vertices());
        }
    }

    @Test
    void pointsOnOneChordAreNoVertices() {
        LowerHull hull = LowerHull.of(new double[] {0, 0.25, 0.5, 1}, new double[] {0, -0.5, -1, -2});
        assertThat(hull.vertices()).extracting(LowerHull.Vertex::id).containsExactly(0, 3);
        double tiny = Math.nextDown(-1.0);
        LowerHull bent = LowerHull.of(new double[] {0, 0.25, 0.5, 1}, new double[] {0, -0.5, tiny, -2});
        assertThat(bent.vertices()).extracting(LowerHull.Vertex::id).containsExactly(0, 2, 3);
    }

    @Test
    void theLeverRuleWeighsTheNeighbours() {
        LowerHull.Place place =
                LowerHull.of(new double[] {1, 0.75, 0}, new double[] {0, -1, 0}).at(0.25);
        assertThat(place.left().id()).isEqualTo(2);
        assertThat(place.right().id()).isEqualTo(1);
        assertThat(place.leftShare()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(place.height()).isCloseTo(-1.0 / 3, within(1e-15));
    }

    @Test
    void outsideThePointsThereIsNoHull() {
        LowerHull hull = LowerHull.of(new double[] {0, 1}, new double[] {0, 0});
        assertThatThrownBy(() -> hull.at(1.1)).hasMessageContaining("between 0.0 and 1.0");
        assertThatThrownBy(() -> hull.at(Double.NaN)).hasMessageContaining("no hull");
        assertThatThrownBy(() -> new LowerHull().at(0)).hasMessageContaining("nowhere");
        assertThatThrownBy(() -> hull.insert(Double.NaN, 0, 7)).hasMessageContaining("point 7 must be finite");
    }

    /** On a coarse grid, so that equal x, equal points and collinear points are common. */
    private static void points(SplittableRandom random, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(13) / 12.0;
            y[i] = random.nextInt(9) / 8.0 + 2 * x[i] * x[i];
        }
    }

    private static double slope(LowerHull.Vertex a, LowerHull.Vertex b) {
        return (b.y() - a.y()) / (b.x() - a.x());
    }
}
