package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Real outputs against what pymatgen, ASE and plain text matching found in them, as far as these are right. */
class VaspOutputTest {

    private static final Set<String> NOT_READABLE = Set.of("bad-element-symbol-v535", "crash-at-start-v535");

    @Test
    void everyVasprunIsReadAsTheReferenceSays() throws IOException {
        int read = 0;
        for (Map.Entry<String, JsonNode> file : files("vasprun.xml")) {
            if (NOT_READABLE.stream().anyMatch(file.getKey()::startsWith)) {
                continue;
            }
            VaspRun run = vasprun(file.getKey());
            JsonNode expected = file.getValue();
            requireEnergiesOfVasprun(file.getKey(), run, expected);
            requireStepsAndEnding(file.getKey(), run, expected, "calculation_blocks_closed");
            requireLastStep(file.getKey(), run, expected);
            read++;
        }
        assertThat(read).isEqualTo(19);
    }

    @Test
    void everyOutcarIsReadAsTheReferenceSays() throws IOException {
        int read = 0;
        for (Map.Entry<String, JsonNode> file : files("OUTCAR")) {
            if (NOT_READABLE.stream().anyMatch(file.getKey()::startsWith)
                    || file.getKey().contains("nwrite0")) {
                continue;
            }
            VaspRun run = outcar(file.getKey());
            JsonNode expected = file.getValue();
            assertThat(run.header().version())
                    .isEqualTo(expected.get("vasp_version").asString());
            assertThat(run.header().potentials()).isEqualTo(texts(expected.get("potcar_titles")));
            assertThat(run.steps())
                    .as(file.getKey())
                    .hasSize(expected.get("n_ionic_steps_with_energy").asInt());
            for (int k = 0; k < run.steps().size(); k++) {
                VaspStep step = run.steps().get(k);
                // eight decimals; the reference has fewer for old versions
                assertThat(step.energies().free())
                        .as(file.getKey())
                        .isCloseTo(expected.get("free_energy_TOTEN").get(k).asDouble(), within(5e-6));
                assertThat(step.energies().sigmaZero())
                        .as(file.getKey())
                        .isCloseTo(expected.get("energy_sigma0").get(k).asDouble(), within(5e-6));
                assertThat(step.electronicSteps())
                        .isEqualTo(
                                expected.get("scf_steps_per_ionic_step").get(k).asInt());
                assertThat(largest(forces(step)))
                        .as(file.getKey())
                        .isCloseTo(expected.get("max_force_per_step").get(k).asDouble(), within(2e-6));
            }
            VaspEnding ending = run.ending();
            assertThat(ending.complete())
                    .isEqualTo(expected.get("finished_normally").asBoolean());
            if (run.header().task() == VaspHeader.Task.RELAXATION) {
                assertThat(ending.goalReached())
                        .isEqualTo(expected.get("reached_required_accuracy").asBoolean());
            }
            read++;
        }
        assertThat(read).isEqualTo(14);
    }

    private static void requireEnergiesOfVasprun(String name, VaspRun run, JsonNode expected) {
        JsonNode raw = expected.get("per_ionic_step");
        boolean dispersion = run.header().functional().contains("+D");
        for (int k = 0; k < run.steps().size(); k++) {
            VaspStep.Energies energies = run.steps().get(k).energies();
            assertThat(energies.free())
                    .as(name)
                    .isEqualTo(raw.get("e_fr_energy").get(k).asDouble());
            // the ionic block is right from VASP 6 on; before, the last electronic step is, without dispersion
            boolean right = run.header().version().startsWith("6");
            assertThat(right || !dispersion).isTrue();
            String prefix = right ? "" : "scf_last_";
            assertThat(energies.sigmaZero())
                    .as(name)
                    .isCloseTo(raw.get(prefix + "e_0_energy").get(k).asDouble(), within(1.5e-8));
            assertThat(energies.withoutEntropy())
                    .as(name)
                    .isCloseTo(raw.get(prefix + "e_wo_entrp").get(k).asDouble(), within(1.5e-8));
        }
    }

    private static void requireStepsAndEnding(String name, VaspRun run, JsonNode expected, String closed) {
        assertThat(run.header().version())
                .as(name)
                .isEqualTo(expected.get("vasp_version").asString());
        assertThat(run.steps()).as(name).hasSize(expected.get(closed).asInt());
        for (int k = 0; k < run.steps().size(); k++) {
            assertThat(run.steps().get(k).electronicSteps())
                    .as(name)
                    .isEqualTo(expected.get("scf_steps_per_ionic_step").get(k).asInt());
        }
        assertThat(run.ending().complete())
                .as(name)
                .isEqualTo(expected.get("closing_tag_present").asBoolean());
        assertThat(run.ending().steps()).isEqualTo(run.steps().size());
        JsonNode pymatgen = expected.get("pymatgen_2022.11.7");
        if (pymatgen == null || !pymatgen.has("converged_ionic")) {
            return;
        }
        assertThat(run.ending().electronicallyConverged())
                .as(name)
                .isEqualTo(pymatgen.get("converged_electronic").asBoolean());
        if (run.header().task() != VaspHeader.Task.DYNAMICS) { // pymatgen calls a run that stopped early converged
            assertThat(run.ending().goalReached())
                    .as(name)
                    .isEqualTo(pymatgen.get("converged_ionic").asBoolean());
        }
        assertThat(run.header().potentials()).as(name).isEqualTo(texts(pymatgen.get("potcar_symbols")));
        assertThat(run.last().orElseThrow().structure().composition().atoms())
                .isEqualTo(pymatgen.get("n_atoms").asInt());
    }

    private static void requireLastStep(String name, VaspRun run, JsonNode expected) {
        JsonNode ase = expected.get("ase_3.22.1");
        if (run.steps().isEmpty() || ase == null || !ase.has("volume_last")) {
            return;
        }
        VaspStep last = run.last().orElseThrow();
        assertThat(last.structure().cell().volume())
                .as(name)
                .isCloseTo(
                        ase.get("volume_last").asDouble(),
                        within(6e-6 * last.structure().cell().volume()));
        if (ase.has("stress_last_voigt_eV_per_A3") && last.state().stress().isPresent()) {
            int[] voigt = {0, 4, 8, 5, 2, 1};
            for (int k = 0; k < 6; k++) {
                assertThat(stress(last)[voigt[k]])
                        .as(name)
                        .isCloseTo(ase.get("stress_last_voigt_eV_per_A3").get(k).asDouble(), within(1e-8));
            }
        }
        JsonNode pymatgen = expected.get("pymatgen_2022.11.7");
        if (pymatgen != null
                && pymatgen.has("forces_last")
                && last.state().forces().isPresent()) {
            int k = 0;
            for (JsonNode atom : pymatgen.get("forces_last")) {
                for (JsonNode component : atom) {
                    assertThat(forces(last)[k++]).as(name).isCloseTo(component.asDouble(), within(1e-8));
                }
            }
        }
    }

    @Test
    void dispersionIsInTheEnergyOfTheIonicStep() throws IOException {
        VaspRun run = vasprun("cu-relax-d3-v621/vasprun.xml.gz");
        assertThat(run.last().orElseThrow().energies().sigmaZero()).isEqualTo(-15.89364691);
        assertThat(run.header().functional()).isEqualTo("PBE+D3(BJ)");
    }

    @Test
    void aKilledRunGivesItsCompleteSteps() throws IOException {
        VaspRun run = vasprun("mgo-vacancy-killed-v620/vasprun.xml.gz");
        assertThat(run.steps()).hasSize(14);
        assertThat(run.last().orElseThrow().energies().sigmaZero()).isEqualTo(-1331.49628412);
        assertThat(run.ending().complete()).isFalse();
        assertThat(run.ending().goalReached()).isFalse();
        assertThat(run.ending().reason()).contains("cut or damaged");
    }

    @Test
    void aRunThatDiedInItsFirstStepHasNone() throws IOException {
        assertThat(vasprun("si2-unfinished-v544/vasprun.xml").steps()).isEmpty();
        assertThat(outcar("si2-unfinished-v544/OUTCAR").ending().complete()).isFalse();
    }

    @Test
    void dynamicsThatEndedBeforeTheirStepsDidNotReachTheirGoal() throws IOException {
        VaspRun run = vasprun("mlff-md-v630/vasprun.xml.gz");
        assertThat(run.header().task()).isEqualTo(VaspHeader.Task.DYNAMICS);
        assertThat(run.ending().complete()).isTrue();
        assertThat(run.ending().goalReached()).isFalse();
        assertThat(vasprun("si64-aimd-v632/vasprun.xml.gz").ending().goalReached())
                .isTrue();
    }

    @Test
    void anElementThatDoesNotExistIsNamed() throws IOException {
        InputStream in = open("bad-element-symbol-v535/vasprun.xml.gz");
        assertThatThrownBy(() -> Vasprun.open(in))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("unknown element 'Z'");
    }

    @Test
    void aRunThatNeverToldItsAtomsIsRefused() throws IOException {
        InputStream in = open("crash-at-start-v535/vasprun.xml");
        assertThatThrownBy(() -> Vasprun.open(in)).isInstanceOf(FormatException.class);
    }

    @Test
    void stepsWithoutPrintedPositionsAreRefusedOneByOne() throws IOException {
        try (Outcar outcar = Outcar.open(open("ti32-aimd-nwrite0-v630/OUTCAR"))) {
            FrameReader frames = outcar.frames(VaspStep.Choice.FREE);
            int outcomes = 0;
            int refused = 0;
            for (var outcome = frames.next(); outcome.isPresent(); outcome = frames.next()) {
                outcomes++;
                refused += outcome.get() instanceof FrameOutcome.Refused ? 1 : 0;
            }
            assertThat(outcomes).isEqualTo(10);
            assertThat(refused).isPositive();
            assertThat(outcar.ending().steps()).isEqualTo(10);
        }
    }

    @Test
    void electronsThatDidNotConvergeMakeNoLabel() throws IOException {
        try (Vasprun vasprun = Vasprun.open(open("si2-elec-unconverged-v544/vasprun.xml"))) {
            assertThatThrownBy(() -> vasprun.frames(VaspStep.Choice.FREE).frames())
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("ended at NELM");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mgo-relax-pbesol-v620/vasprun.xml.gz, PBEsol",
        "o2-spin-hse06-v544/vasprun.xml.gz, HSE06",
        "lih-r2scan-v611/vasprun.xml.gz, r2SCAN",
        "v4o10-elec-unconverged-v5211/vasprun.xml.gz, PBE+U",
        "si8-relax-v541/vasprun.xml, PBE",
        "h-on-ir16-selective-v541/vasprun.xml.gz, RPBE",
    })
    void theFunctionalIsNamed(String file, String functional) throws IOException {
        assertThat(vasprun(file).header().functional()).isEqualTo(functional);
    }

    @Test
    void anLdaPotcarWithoutATagIsLda() throws IOException {
        VaspRun run = outcar("li7p3s11-scf-lda-v611/OUTCAR.gz");
        assertThat(run.header().functional()).isEqualTo("LDA");
        assertThat(run.header().exchange()).containsOnly("CA");
        assertThat(run.last().orElseThrow().structure().composition().formula()).isEqualTo("Li14P6S22");
    }

    @Test
    void bothFilesOfARunSayTheSame() throws IOException {
        VaspRun xml = vasprun("zn3ps42-static-pbesol-v541/vasprun.xml");
        VaspRun text = outcar("zn3ps42-static-pbesol-v541/OUTCAR");
        VaspStep one = xml.last().orElseThrow();
        VaspStep other = text.last().orElseThrow();
        assertThat(one.energies().free()).isCloseTo(other.energies().free(), within(1e-8));
        assertThat(one.structure().species()).isEqualTo(other.structure().species());
        for (int k = 0; k < 9; k++) { // OUTCAR: five decimals of kbar
            assertThat(stress(one)[k]).isCloseTo(stress(other)[k], within(1e-5 * Units.EV_PER_CUBIC_ANGSTROM_PER_KBAR));
        }
        for (int k = 0; k < forces(one).length; k++) {
            assertThat(forces(one)[k]).isCloseTo(forces(other)[k], within(1e-6));
        }
    }

    @Test
    void kpointsAreTold() throws IOException {
        VaspHeader header = vasprun("si8-relax-v541/vasprun.xml").header();
        assertThat(header.kpoints().scheme()).isEqualTo("Gamma");
        assertThat(header.kpoints().divisions()).containsExactly(7, 7, 7);
        assertThat(header.kpoints().irreducible()).isPositive();
        assertThat(header.parameters().whole("NELM")).hasValue(60);
        assertThat(header.incar().values()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><modeling>&a;</modeling> | DTD",
                "<html></html> | must be modeling",
                "<modeling></modeling> | atominfo is missing",
                "not xml | cut or damaged",
                "'' | cut or damaged",
            })
    void whatIsNoVasprunIsRefused(String text, String complaint) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Vasprun.open(in))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        InputStream in =
                new ByteArrayInputStream(("<modeling>" + "<a>".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Vasprun.open(in))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("nested too deeply");
    }

    private static double[] forces(VaspStep step) {
        return step.state().forces().orElseThrow();
    }

    private static double[] stress(VaspStep step) {
        return step.state().stress().orElseThrow();
    }

    private static double largest(double[] forces) {
        double largest = 0;
        for (int i = 0; i < forces.length; i += 3) {
            largest = Math.max(
                    largest,
                    Math.sqrt(forces[i] * forces[i] + forces[i + 1] * forces[i + 1] + forces[i + 2] * forces[i + 2]));
        }
        return largest;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static Set<Map.Entry<String, JsonNode>> files(String prefix) throws IOException {
        JsonNode cases = SharedReference.json(SharedReference.reference("vasp/reference.json"))
                .get("cases");
        Map<String, JsonNode> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> run : cases.properties()) {
            for (Map.Entry<String, JsonNode> file : run.getValue().get("files").properties()) {
                if (file.getKey().startsWith(prefix)) {
                    files.put(run.getKey() + "/" + file.getKey(), file.getValue());
                }
            }
        }
        return files.entrySet();
    }

    private static VaspRun vasprun(String file) throws IOException {
        try (Vasprun vasprun = Vasprun.open(open(file))) {
            return vasprun.run();
        }
    }

    private static VaspRun outcar(String file) throws IOException {
        try (Outcar outcar = Outcar.open(open(file))) {
            return outcar.run();
        }
    }

    private static InputStream open(String file) throws IOException {
        return Files.newInputStream(SharedReference.reference("vasp/" + file));
    }
}
