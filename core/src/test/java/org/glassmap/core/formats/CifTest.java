package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CifTest {

    /** Li2S, antifluorite, with the primitive operations of a face-centred cell and the inversion. */
    private static final String GOOD = """
            # a remark
            data_Li2S
            _cell_length_a 5.71(2)
            _cell_length_b 5.71
            _cell_length_c 5.71
            _cell_angle_alpha 90
            _cell_angle_beta 90.0
            _cell_angle_gamma 90(1)
            _symmetry_space_group_name_H-M 'F m -3 m'
            _publ_section_title
            ;
             text with data_ and loop_ inside
            ;
            loop_
            _symmetry_equiv_pos_site_id
            _symmetry_equiv_pos_as_xyz
            1 'x, y, z'
            2 '-x, -y, -z'
            3 'x, y+1/2, z+1/2'
            4 '-x, 1/2-y, .5-z'
            5 'X+1/2, Y, Z+1/2'
            6 '1/2-x, -y, 1/2-z'
            7 'x+1/2, y+1/2, z'
            8 '-x+1/2, -y+1/2, -z'
            loop_
            _atom_site_label
            _atom_site_type_symbol
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            _atom_site_occupancy
            Li1 Li+ 0.25 0.25 0.25 1.0
            S1 S2- 0 0 0(0) ?
            loop_
            _atom_site_aniso_label
            _atom_site_aniso_U_11
            Li1 0.02
            """;

    @Test
    void symmetryIsAppliedAndImagesThatFallTogetherAreOne() throws IOException {
        Frame frame = one(GOOD);
        Structure structure = frame.structure();
        assertThat(structure.composition().formula()).isEqualTo("Li8S4");
        assertThat(structure.cell().volume()).isCloseTo(5.71 * 5.71 * 5.71, within(1e-10));
        assertThat(shortest(structure).get("Li-S")).isCloseTo(5.71 * Math.sqrt(3) / 4, within(1e-10));
        assertThat(frame.metadata()).containsEntry("block", "Li2S").containsEntry("space_group", "F m -3 m");
    }

    @Test
    void roundedSpecialPositionsAreMadeExact() throws IOException {
        Structure structure = one("""
                data_x
                _cell_length_a 6
                _cell_length_b 6
                _cell_length_c 9
                _cell_angle_alpha 90
                _cell_angle_beta 90
                _cell_angle_gamma 120
                loop_
                _space_group_symop.operation_xyz
                x,y,z
                -y,x-y,z
                -x+y,-x,z
                loop_
                _atom_site.label
                _atom_site.fract_x
                _atom_site.fract_y
                _atom_site.fract_z
                P1 0.333 0.667 0.1
                S1 0.1 0.2 0.3
                """).structure();
        assertThat(structure.composition().formula()).isEqualTo("PS3");
        double[] fractional = structure.fractional();
        assertThat(fractional[0]).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(fractional[1]).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void aBlockWithoutSymmetryIsP1AndItsPositionsAreKept() throws IOException {
        String plain = GOOD.replaceAll("(?s)_symmetry_space.*?(?=loop_\n_atom_site_label)", "");
        Structure structure = one(plain).structure();
        assertThat(structure)
                .isEqualTo(Structure.of(
                        Cell.periodic(5.71, 0, 0, 0, 5.71, 0, 0, 0, 5.71),
                        List.of(Species.Li, Species.S),
                        new double[] {5.71 / 4, 5.71 / 4, 5.71 / 4, 0, 0, 0}));
    }

    @Test
    void aSpaceGroupWithoutOperationsIsRefused() throws IOException {
        String named = GOOD.replaceAll("(?s)_publ_sec.*?(?=loop_\n_atom_site_label)", "");
        assertThat(refusal(named)).hasMessageContaining("space group is not P1, got 'F m -3 m'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Li1 Li\\+ 0.25 0.25 0.25 1.0 | Li1 Li+ 0.25 0.25 0.25 0.5(1) | occupancy of site 'Li1' | 0.5(1)",
                "S1 S2- 0 0 0\\(0\\) \\? | S1 S2- 0.25 0.25 0.25 1 | site 'S1' | S and Li",
                "Li1 Li\\+ 0.25 | Li1 Li+ ? | _atom_site_fract_x | ``",
                "Li1 Li\\+ 0.25 | Li1 Li+ 1e999 | _atom_site_fract_x | 1e999",
                "Li1 Li\\+ | Li1 Xx | species | ``",
                "_cell_length_c 5.71 | _cell_length_c -5.71 | _cell_length_c | -5.71",
                "_cell_length_c 5.71 | _cell_length_d 5.71 | _cell_length_c | ``",
                "_cell_angle_alpha 90 | _cell_angle_alpha 180 | _cell_angle_alpha | 180",
                "_cell_angle_alpha 90 | _cell_angle_alpha ninety | _cell_angle_alpha | ninety",
                "'-x, -y, -z' | '-x, -y' | symmetry operation | -x, -y",
                "'-x, -y, -z' | 'x, x, z' | symmetry operation | x, x, z",
                "'-x, -y, -z' | '-x, -y, z+1/0' | symmetry operation | -x, -y, z+1/0",
                "'-x, -y, -z' | '-x, -y, -w' | symmetry operation | -x, -y, -w",
                "'x, y, z' | 'x, y, z | quoted value | 'x, y, z",
                "Li1 0.02 | Li1 | loop_ | Li2S",
            })
    void whatIsWrongIsNamedAndTheNextBlockIsRead(String right, String wrong, String field, String value)
            throws IOException {
        List<FrameOutcome> outcomes = all(GOOD.replaceFirst(right, wrong) + GOOD);
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(FrameOutcome.Refused.class, refused -> {
            assertThat(refused.problem().field()).isEqualTo(field);
            assertThat(refused.problem().value()).isEqualTo(value);
            assertThat(refused.problem().place().line()).isPositive();
            assertThat(refused.problem().place().frame()).isEqualTo(1);
        });
        assertThat(outcomes.get(1)).isInstanceOf(FrameOutcome.Read.class);
    }

    @Test
    void aFileWithoutAtomsSaysSo() throws IOException {
        assertThat(refusal("data_global\n_journal_name_full 'none'\n")).hasMessageContaining("every data block");
        assertThat(refusal("")).hasMessageContaining("every data block");
    }

    @Test
    void theCrystalsAreWhatPymatgenReadsInThem() throws IOException {
        JsonNode files = SharedReference.json(SharedReference.reference("crystals/reference.json"))
                .get("files");
        int read = 0;
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            Path path = SharedReference.reference("crystals/" + file.getKey());
            JsonNode expected = file.getValue();
            Structure structure = file.getKey().endsWith(".cif")
                    ? one(Files.readString(path)).structure()
                    : Poscar.read(Files.newInputStream(path));
            assertThat(structure.composition())
                    .as(file.getKey())
                    .isEqualTo(composition(expected.get("formula").asString()));
            assertThat(structure.cell().volume()) // two decimals in the file
                    .as(file.getKey())
                    .isCloseTo(expected.get("volume").asDouble(), within(0.006));
            Map<String, Double> shortest = shortest(structure);
            for (Map.Entry<String, JsonNode> pair :
                    expected.get("shortest_distance_A").properties()) {
                assertThat(shortest.get(pair.getKey())) // four decimals in the file
                        .as(file.getKey() + " " + pair.getKey())
                        .isCloseTo(pair.getValue().asDouble(), within(6e-5));
            }
            read++;
        }
        assertThat(read).isEqualTo(20);
    }

    private static Composition composition(String formula) {
        Map<Species, Integer> counts = new TreeMap<>();
        for (String part : formula.split(" ")) {
            int digits = part.replaceAll("\\d", "").length();
            counts.put(Species.of(part.substring(0, digits)), Integer.parseInt(part.substring(digits)));
        }
        return Composition.of(counts);
    }

    /** By brute force over the images of two cells around; enough for shortest distances in cells of these shapes. */
    private static Map<String, Double> shortest(Structure structure) {
        Map<String, Double> shortest = new TreeMap<>();
        double[] lattice = structure.cell().lattice();
        double[] r = structure.positions();
        for (int i = 0; i < structure.size(); i++) {
            for (int j = 0; j < structure.size(); j++) {
                String pair = structure.species(i).compareTo(structure.species(j)) <= 0
                        ? structure.species(i) + "-" + structure.species(j)
                        : structure.species(j) + "-" + structure.species(i);
                for (int image = 0; image < 125; image++) {
                    int a = image / 25 - 2;
                    int b = image / 5 % 5 - 2;
                    int c = image % 5 - 2;
                    double square = 0;
                    for (int k = 0; k < 3; k++) {
                        double d =
                                r[3 * j + k] - r[3 * i + k] + a * lattice[k] + b * lattice[3 + k] + c * lattice[6 + k];
                        square += d * d;
                    }
                    if (i != j || image != 62) {
                        shortest.merge(pair, Math.sqrt(square), Math::min);
                    }
                }
            }
        }
        return shortest;
    }

    private static Frame one(String text) throws IOException {
        return Cif.reader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .frames()
                .getFirst();
    }

    private static FormatException refusal(String text) throws IOException {
        List<FrameOutcome> outcomes = all(text);
        assertThat(outcomes).hasSize(1);
        return ((FrameOutcome.Refused) outcomes.getFirst()).problem();
    }

    private static List<FrameOutcome> all(String text) throws IOException {
        FrameReader reader = Cif.reader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<FrameOutcome> outcomes = new ArrayList<>();
        for (Optional<FrameOutcome> outcome = reader.next(); outcome.isPresent(); outcome = reader.next()) {
            outcomes.add(outcome.get());
        }
        return outcomes;
    }
}
