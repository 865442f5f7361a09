package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by ASE 3.29.0 and pymatgen 2026.10.24. */
class JsonFormatsTest {

    private static final Structure SLAB = Structure.of(
            Cell.of(new double[] {4, 0, 0, 0.1, 5, 0, 0, 1e-5, 20}, true, true, false),
            List.of(Species.of("Li"), Species.of("P"), Species.of("S")),
            new double[] {0, 0, 0, 1 / 3.0, -0.1, 5, Math.PI, 1e-17, -7.25});
    private static final Structure MOLECULE =
            Structure.of(Cell.NONE, List.of(Species.of("H"), Species.of("H")), new double[] {0, 0, 0, 0, 0, 0.75});

    private static InputStream resource(String name) {
        return JsonFormatsTest.class.getResourceAsStream(name);
    }

    private static InputStream text(CharSequence json) {
        return new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<FrameOutcome> outcomes(FrameReader reader) throws IOException {
        List<FrameOutcome> outcomes = new ArrayList<>();
        for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
            outcomes.add(next.get());
        }
        return outcomes;
    }

    @Test
    void whatAseEncodesIsReadToTheBit() throws IOException {
        Frame frame = AseJson.reader(resource("ase-encoded.json")).frames().getFirst();
        Structure structure = frame.structure();
        assertThat(structure.species()).extracting(Species::symbol).containsExactly("Li", "Cl", "Li", "Cl");
        assertThat(structure.positions()).contains(2.592044523806552, 0.11360465324896428, 0.01097063993218082);
        assertThat(structure.cell().fullyPeriodic()).isTrue();
        assertThat(frame.energy()).as("encode drops it").isEmpty();
        assertThat(AseJson.reader(resource("ase-molecule.json"))
                        .frames()
                        .getFirst()
                        .structure()
                        .cell())
                .isEqualTo(Cell.NONE);
    }

    @Test
    void rowsOfADatabaseKeepEnergiesForcesStressAndKeys() throws IOException {
        List<Frame> frames = AseJson.reader(resource("ase-database.json")).frames();
        assertThat(frames).hasSize(2);
        Frame labelled = frames.getFirst();
        assertThat(labelled.energy()).hasValue(-13.25);
        assertThat(labelled.forces().orElseThrow())
                .endsWith(0.16601354110598684, -0.018925791577586747, -0.1768293774097814);
        assertThat(labelled.stress().orElseThrow())
                .containsExactly(0.001, 0.006, 0.005, 0.006, 0.002, 0.004, 0.005, 0.004, 0.003);
        assertThat(labelled.metadata()).containsEntry("config", "rocksalt-1").containsEntry("temperature", "300.0");
        assertThat(frames.getLast().energy()).isEmpty();
    }

    @Test
    void pymatgensStructureIsReadWithoutItsCharges() throws IOException {
        Structure structure = PymatgenJson.reader(resource("pymatgen-structure.json"))
                .frames()
                .getFirst()
                .structure();
        assertThat(structure.species()).extracting(Species::symbol).containsExactly("Li", "P", "S");
        assertThat(structure.positions()).endsWith(-0.47697266250045456, 3.3724645071588744, 6.2447321606511075);
        assertThat(structure.cell().length(2)).isCloseTo(6.3, within(1e-12));
    }

    @Test
    void inAListTheBadOneIsNamedAndTheOthersAreTaken() throws IOException {
        List<FrameOutcome> outcomes = outcomes(PymatgenJson.reader(resource("pymatgen-list.json")));
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isInstanceOf(FrameOutcome.Read.class);
        FormatException partial = ((FrameOutcome.Refused) outcomes.get(1)).problem();
        assertThat(partial.place().frame()).isEqualTo(2);
        assertThat(partial.field()).isEqualTo("sites[0].species");
        assertThat(partial.remedy()).contains("one ordering");
        assertThat(((FrameOutcome.Read) outcomes.get(2)).frame().structure().cell())
                .isEqualTo(Cell.NONE);
    }

    @Test
    void whatIsWrittenComesBackToTheBit() throws IOException {
        for (Structure structure : List.of(SLAB, MOLECULE)) {
            StringBuilder ase = new StringBuilder();
            AseJson.write(structure, ase);
            assertThat(AseJson.reader(text(ase)).frames().getFirst().structure())
                    .isEqualTo(structure);
            StringBuilder pymatgen = new StringBuilder();
            PymatgenJson.write(structure, pymatgen);
            assertThat(PymatgenJson.reader(text(pymatgen)).frames().getFirst().structure())
                    .isEqualTo(structure);
        }
    }

    @Test
    void fractionsAloneWillDoAndTwoPlacesForOneSiteWillNot() throws IOException {
        String site = "{\"lattice\": {\"matrix\": [[4,0,0],[0,4,0],[0,0,4]]}, \"sites\": [{\"species\":"
                + " [{\"element\": \"Li\", \"occu\": 1}], \"abc\": [0.5, 0, 0.25]%s}]}";
        assertThat(PymatgenJson.reader(text(site.formatted("")))
                        .frames()
                        .getFirst()
                        .structure()
                        .positions())
                .containsExactly(2, 0, 1);
        assertThatThrownBy(() -> PymatgenJson.reader(text(site.formatted(", \"xyz\": [2, 0.1, 1]")))
                        .frames())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("sites[0].xyz is another place than abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,",
                "{\"a\" 1}",
                "{\"a\": 1, \"a\": 2}",
                "nul",
                "\"\\u12",
                "[1] 2",
                "{1: 2}",
                "'a'",
                "[0x10]",
                "01f"
            })
    void whatIsNoJsonIsRefusedByItsLine(String text) {
        assertThatThrownBy(() -> AseJson.reader(text("\n\n" + text)).frames())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void depthAndNumberOfValuesAreBounded() {
        assertThatThrownBy(() -> AseJson.reader(text("[".repeat(1_000_000))).frames())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> AseJson.reader(text("[" + "0,".repeat(6_000_000) + "0]"))
                        .frames())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 5000000 values");
        assertThatThrownBy(() -> AseJson.reader(text("0"), ReadingLimits.DEFAULT.withBytes(1))
                        .frames())
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> PymatgenJson.reader(
                                text("[" + " ".repeat(100) + "]"), ReadingLimits.DEFAULT.withBytes(50))
                        .frames())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("longer than 50 bytes");
    }

    @Test
    void aNumberThatIsNoneIsNamed() {
        assertThatThrownBy(() -> AseJson.reader(
                                text(
                                        "{\"numbers\": [3], \"positions\": [[0, NaN, 0]], \"cell\": [0,0,0,0,0,0,0,0,0], \"pbc\": [false, false, false]}"))
                        .frames())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("positions must be a finite number, got 'NaN'");
    }
}
