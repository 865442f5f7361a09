package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DescriptorTest {

    /** ænet's two builds differ by 3e-14, an independent program by 1.5e-13: rounding, relative to the sum of the terms. */
    private static final double GOLDEN = 1e-12;

    private static final List<Species> LPS = List.of(Species.Li, Species.P, Species.S);
    static final ResolvedChebyshev RICH = new ResolvedChebyshev(6.5, 20, 4.5, 8, LPS);

    @ParameterizedTest
    @ValueSource(strings = {"lps3", "li1", "li2s2"})
    void featuresAreAenets(String set) {
        JsonNode golden = AenetReference.json(set + "/descriptors.json");
        int compared = 0;
        for (JsonNode entry : golden.get("structures")) {
            Structure structure =
                    AenetReference.structure(set + "/" + entry.get("file").asString());
            for (JsonNode atom : entry.get("atoms")) {
                int i = atom.get("index").asInt() - 1;
                WeightedChebyshev descriptor = AenetReference.descriptor(
                        golden.get("setup").get(structure.species(i).symbol()));
                double[] values = AenetReference.doubles(atom.get("values"));
                double[] mine = new DescriptorCalculator(descriptor).features(structure)[i];
                double[] scale = SimpleDescriptor.of(descriptor, structure, i).magnitudes();
                assertThat(mine).hasSameSizeAs(values);
                for (int f = 0; f < values.length; f++) {
                    assertThat(mine[f])
                            .as("%s atom %d feature %d", entry.get("file"), i + 1, f)
                            .isCloseTo(values[f], within(GOLDEN * (1 + scale[f])));
                }
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    @Test
    void derivativesAreAenets() {
        JsonNode golden = AenetReference.json("lps3/derivatives.json");
        WeightedChebyshev descriptor = new WeightedChebyshev(6, 18, 3, 4, LPS);
        int compared = 0;
        for (JsonNode entry : golden.get("structures")) {
            Structure structure =
                    AenetReference.structure("lps3/" + entry.get("file").asString());
            for (JsonNode atom : entry.get("atoms")) {
                compared += compareDerivatives(descriptor, structure, atom);
            }
        }
        assertThat(compared).isEqualTo(5);
    }

    /** ænet lists a block per image; moving an atom moves all its images, so blocks of one atom are added. */
    private static int compareDerivatives(Descriptor descriptor, Structure structure, JsonNode atom) {
        int i = atom.get("index").asInt() - 1;
        int n = structure.size();
        double[][][] expected = new double[n][3][descriptor.size()];
        addBlock(expected[i], atom.get("d_centre"));
        for (JsonNode neighbour : atom.get("neighbours")) {
            addBlock(expected[neighbour.get("index").asInt() - 1], neighbour.get("d"));
        }
        DescriptorKernel kernel = new DescriptorKernel(descriptor);
        Surroundings surroundings = new Surroundings(descriptor);
        surroundings.load(
                NeighbourList.of(structure, descriptor.cutoff()), DescriptorKernel.kinds(descriptor, structure), i);
        double[][] rates = new double[descriptor.size()][1];
        for (int j = 0; j < n; j++) {
            for (int axis = 0; axis < 3; axis++) {
                double[] field = new double[3 * n];
                field[3 * j + axis] = 1;
                kernel.along(surroundings, field, new double[9], rates, 0);
                for (int f = 0; f < rates.length; f++) {
                    double magnitude = Math.abs(expected[j][axis][f]);
                    // T_18′ reaches 324: terms of the sum are larger than the sum.
                    assertThat(rates[f][0]).isCloseTo(expected[j][axis][f], within(1e-11 * (10 + magnitude)));
                }
            }
        }
        return 1;
    }

    private static void addBlock(double[][] into, JsonNode block) {
        for (int axis = 0; axis < 3; axis++) {
            double[] values = AenetReference.doubles(block.get(axis));
            for (int f = 0; f < values.length; f++) {
                into[axis][f] += values[f];
            }
        }
    }

    @Test
    void theRichDescriptorIsItsDefinition() {
        Structure structure = AenetReference.structure("lps3/structures/a-li7p3s11-63.xsf");
        double[][] mine = new DescriptorCalculator(RICH).features(structure);
        assertThat(RICH.size()).isEqualTo(117);
        for (int i = 0; i < structure.size(); i++) {
            SimpleDescriptor.Features simple = SimpleDescriptor.of(RICH, structure, i);
            for (int f = 0; f < 117; f++) {
                assertThat(mine[i][f]).isCloseTo(simple.values()[f], within(GOLDEN * (1 + simple.magnitudes()[f])));
            }
        }
    }

    /** There ænet takes a stale weight in the weighted angular half; its other numbers are right. */
    @Test
    void whereAenetTakesAStaleWeightTheOtherFeaturesAreItsOwn() {
        String folder = "quirks/angular-larger-than-radial/";
        JsonNode golden = AenetReference.json(folder + "descriptors.json");
        for (JsonNode entry : golden.get("structures")) {
            Structure structure =
                    AenetReference.structure(folder + entry.get("file").asString());
            for (JsonNode atom : entry.get("atoms")) {
                int i = atom.get("index").asInt() - 1;
                WeightedChebyshev descriptor = AenetReference.descriptor(
                        golden.get("setup").get(structure.species(i).symbol()));
                double[] values = AenetReference.doubles(atom.get("values"));
                double[] mine = new DescriptorCalculator(descriptor).features(structure)[i];
                SimpleDescriptor.Features simple = SimpleDescriptor.of(descriptor, structure, i);
                int angularWeighted = values.length - descriptor.angularOrder() - 1;
                for (int f = 0; f < values.length; f++) {
                    double expected = f < angularWeighted ? values[f] : simple.values()[f];
                    assertThat(mine[f]).isCloseTo(expected, within(GOLDEN * (1 + simple.magnitudes()[f])));
                }
            }
        }
    }

    @Test
    void whereAenetLosesNeighboursNoneIsLost() {
        String folder = "quirks/incomplete-neighbour-list/";
        for (JsonNode entry :
                AenetReference.json(folder + "neighbour-counts.json").get("cases")) {
            Structure structure =
                    AenetReference.structure(folder + entry.get("file").asString());
            // ænet counts up to its cutoff and 0.001 Å
            NeighbourList list = NeighbourList.of(structure, entry.get("cutoff").asDouble() + 0.001);
            for (int i = 0; i < structure.size(); i++) {
                assertThat(list.count(i))
                        .as(entry.get("file").asString())
                        .isEqualTo(entry.get("true_neighbours").get(i).asInt());
            }
        }
    }

    @Test
    void anAngularCutoffBeyondTheRadialOneIsItsDefinition() {
        // ænet takes a stale weight there: reference/aenet/quirks/angular-larger-than-radial
        Structure structure = AenetReference.structure("lps3/structures/li4p2s7-cluster.xsf");
        WeightedChebyshev wide = new WeightedChebyshev(2.5, 5, 4, 3, LPS);
        double[][] mine = new DescriptorCalculator(wide).features(structure);
        for (int i = 0; i < structure.size(); i++) {
            SimpleDescriptor.Features simple = SimpleDescriptor.of(wide, structure, i);
            for (int f = 0; f < wide.size(); f++) {
                assertThat(mine[i][f]).isCloseTo(simple.values()[f], within(GOLDEN * (1 + simple.magnitudes()[f])));
            }
        }
    }

    @Test
    void weightsFollowThePlaceInTheEnvironment() {
        List<Species> many = List.of(Species.S, Species.Li, Species.P, Species.Na, Species.Cl, Species.Br);
        int[][] expected = {{}, {0}, {-1, 1}, {-1, 0, 1}, {-2, -1, 1, 2}, {-2, -1, 0, 1, 2}, {-3, -2, -1, 1, 2, 3}};
        for (int n = 1; n <= 6; n++) {
            WeightedChebyshev descriptor = new WeightedChebyshev(6, 2, 3, 2, many.subList(0, n));
            for (int s = 0; s < n; s++) {
                assertThat(descriptor.weight(s)).isEqualTo(expected[n][s]);
            }
        }
    }

    @Test
    void aSpeciesOutsideTheEnvironmentIsRefused() {
        Structure structure = Structure.of(Cell.NONE, List.of(Species.Li, Species.Na), new double[] {0, 0, 0, 0, 0, 3});
        assertThatThrownBy(() -> new DescriptorCalculator(RICH).features(structure))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("atom 2 is Na, which the descriptor does not know; it knows [Li, P, S]");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new WeightedChebyshev(Double.NaN, 18, 3, 4, LPS))
                .hasMessageContaining("radial cutoff must be positive");
        assertThatThrownBy(() -> new ResolvedChebyshev(6, 18, 0, 4, LPS)).hasMessageContaining("angular cutoff");
        assertThatThrownBy(() -> new ResolvedChebyshev(6, -1, 3, 4, LPS)).hasMessageContaining("radial order");
        assertThatThrownBy(() -> new ResolvedChebyshev(6, 1, 3, 4, List.of())).hasMessageContaining("environment");
        assertThatThrownBy(() -> new ResolvedChebyshev(6, 1, 3, 4, List.of(Species.S, Species.S)))
                .hasMessageContaining("twice");
    }

    @Test
    void coincidentAtomsAreRefused() {
        Structure structure = Structure.of(Cell.NONE, List.of(Species.Li, Species.S), new double[6]);
        assertThatThrownBy(() -> new DescriptorCalculator(RICH).features(structure))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("coincide");
    }

    @Test
    void theCutoffIsTheCosineToTheLastDigits() {
        int m = 2000;
        double[] d = new double[m];
        for (int k = 0; k < m; k++) {
            d[k] = 7.0 * k / m;
        }
        double[] value = new double[m];
        double[] slope = new double[m];
        Cutoff.evaluate(d, m, 6.5, value, slope);
        for (int k = 0; k < m; k++) {
            boolean inside = d[k] < 6.5;
            assertThat(value[k]).isCloseTo(inside ? 0.5 * (Math.cos(Math.PI * d[k] / 6.5) + 1) : 0, within(5e-16));
            assertThat(slope[k])
                    .isCloseTo(inside ? -0.5 * Math.PI / 6.5 * Math.sin(Math.PI * d[k] / 6.5) : 0, within(5e-16));
        }
    }

    @Test
    void activationsAreTheirFormulas() {
        List<Double> points = new ArrayList<>();
        for (int k = -2000; k <= 2000; k++) {
            points.add(k * 0.0137 + 1e-5);
        }
        double[] z = points.stream().mapToDouble(Double::doubleValue).toArray();
        double[] h = new double[z.length];
        double[] slope = new double[z.length];
        double[] curvature = new double[z.length];
        for (Activation activation : Activation.values()) {
            activation.apply(z, z.length, h, slope);
            activation.curvature(z, h, slope, z.length, curvature);
            for (int k = 0; k < z.length; k++) {
                double b = 0.666666666666667;
                double expected = switch (activation) {
                    case LINEAR -> z[k];
                    case TANH -> Math.tanh(z[k]);
                    case SIGMOID -> 1 / (1 + Math.exp(-z[k]));
                    case MODIFIED_TANH -> 1.7159 * Math.tanh(b * z[k]);
                    case TWIST -> 1.7159 * Math.tanh(b * z[k]) + 0.1 * z[k];
                };
                assertThat(h[k]).isCloseTo(expected, within(2e-15));
            }
            double[] up = new double[z.length];
            double[] upSlope = new double[z.length];
            double[] down = new double[z.length];
            double[] downSlope = new double[z.length];
            double step = 1e-5;
            for (int k = 0; k < z.length; k++) {
                up[k] = z[k] + step;
                down[k] = z[k] - step;
            }
            activation.apply(up, z.length, up, upSlope);
            activation.apply(down, z.length, down, downSlope);
            for (int k = 0; k < z.length; k++) {
                assertThat(slope[k]).isCloseTo((up[k] - down[k]) / (2 * step), within(1e-9));
                assertThat(curvature[k]).isCloseTo((upSlope[k] - downSlope[k]) / (2 * step), within(1e-9));
            }
        }
    }
}
