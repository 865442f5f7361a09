package org.glassmap.worker.engines.vasp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.Outcar;
import org.glassmap.core.formats.VaspHeader;
import org.glassmap.core.formats.VaspOrder;
import org.glassmap.core.formats.VaspOutput;
import org.glassmap.core.formats.VaspRun;
import org.glassmap.core.formats.Vasprun;
import org.glassmap.worker.Leases;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.engines.StructureWire;
import org.glassmap.worker.engines.UnfitInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine's judgement of what VASP itself wrote, in folders as a lease leaves them. The lease asks for the structure
 * of the first ionic step with the POTCARs that the output names.
 */
class RealOutputsTest {

    @TempDir
    Path folder;

    /** Energies: extrapolated to no smearing, of {@code reference.json}; the steps are those that are labels. */
    @ParameterizedTest
    @CsvSource({
        "li-bcc-relax-v5212, vasprun.xml.gz, true, 3, -1.92459954",
        "li-bcc-relax-v5212, OUTCAR, true, 3, -1.9246",
        "cu-relax-d3-v621, vasprun.xml.gz, true, 8, -15.89364691",
        "cu-relax-d3-v621, OUTCAR.gz, true, 8, -15.89364691",
        "si8-relax-v541, vasprun.xml, true, 19, -43.39087657",
        "o2-spin-hse06-v544, vasprun.xml.gz, true, 5, -14.01320413",
        "si2-ionic-unconverged-v544, vasprun.xml, false, 5, -10.53701997",
    })
    void whatVaspFinishedIsAResult(String run, String file, boolean converged, int steps, double energy)
            throws IOException {
        Lease lease = leaseFor(run, file);
        LeaseReport report = read(lease);
        assertThat(report.outcome()).as(report.message()).isEqualTo("success");
        assertThat(report.converged()).isEqualTo(converged);
        assertThat(report.steps()).hasSize(steps);
        assertThat(report.steps().getLast().energy()).isCloseTo(energy, within(1e-8));
        assertThat(StructureWire.structure(report.steps().getFirst().structure()))
                .isEqualTo(StructureWire.structure(lease.structure()));
    }

    @ParameterizedTest
    @CsvSource({
        "si2-elec-unconverged-v544, vasprun.xml, did not converge within its 8 steps",
        "si2-elec-unconverged-v544, OUTCAR, did not converge within its 8 steps",
        "si2-nelm-breach-consistent-v544, OUTCAR, did not converge",
    })
    void electronsThatDidNotConvergeAreNoResult(String run, String file, String complaint) throws IOException {
        LeaseReport report = read(leaseFor(run, file));
        assertThat(report.outcome()).isEqualTo("fatal-input");
        assertThat(report.message()).contains(complaint);
        assertThat(report.steps()).isEmpty();
    }

    /** NELM = 15 ended the electrons of the first and the fourth of five ionic steps. */
    @Test
    void onlyStepsWhoseElectronsConvergedAreLabels() throws IOException {
        LeaseReport report = read(leaseFor("si-spin-ionic-unconverged-v620", "vasprun.xml"));
        assertThat(report.outcome()).as(report.message()).isEqualTo("success");
        assertThat(report.converged()).isFalse();
        assertThat(report.steps()).extracting(LeaseReport.Step::index).containsExactly(1, 2, 4);
    }

    @Test
    void aRunThatDiedInItsFirstStepIsTriedAgainAndItsLastWordsAreKept() throws IOException {
        Lease lease = leaseFor("si2-ionic-unconverged-v544", "vasprun.xml");
        put("si2-unfinished-v544", "vasprun.xml");
        Files.copy(SharedReference.reference("vasp/si2-unfinished-v544/vasp_output"), folder.resolve("output.txt"));
        LeaseReport report = read(lease);
        assertThat(report.outcome()).as(report.message()).isEqualTo("retryable-infrastructure");
        assertThat(report.message()).contains("after 0 complete ionic steps");
    }

    @Test
    void aCrashBeforeTheFirstStepIsTriedAgainWithWhatVaspSaid() throws IOException {
        put("crash-at-start-v535", "vasprun.xml");
        Files.copy(SharedReference.reference("vasp/crash-at-start-v535/vasp.out"), folder.resolve("output.txt"));
        LeaseReport report = read(Leases.statics("lease-1", Leases.lithiumSulphide()));
        assertThat(report.outcome()).isEqualTo("retryable-code");
        assertThat(report.message()).contains("REAL_OPTLAY");
    }

    /** The level of theory is what the POTCARs say: these are LDA. */
    @Test
    void anotherPotcarThanAskedForIsAnotherLevelOfTheory() throws IOException {
        Lease lease = leaseFor("li7p3s11-scf-lda-v611", "OUTCAR.gz", title -> title.replace("PAW ", "PAW_PBE "));
        assertThatThrownBy(() -> read(lease))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("VASP used the POTCARs");
    }

    @Test
    void theSameRunAskedForAsLdaIsTaken() throws IOException {
        LeaseReport report = read(leaseFor("li7p3s11-scf-lda-v611", "OUTCAR.gz"));
        assertThat(report.outcome()).as(report.message()).isEqualTo("success");
        int atoms = 42;
        assertThat(report.steps().getLast().energy() / atoms).isCloseTo(-4.847, within(5e-4));
    }

    private LeaseReport read(Lease lease) throws IOException {
        return new VaspEngine(List.of("true"), folder, Map.of()).read(lease, folder, new Running.Exit.Ended(0));
    }

    private void put(String run, String file) throws IOException {
        String plain = file.endsWith(".gz") ? file.substring(0, file.length() - 3) : file;
        try (InputStream in = SharedReference.open(SharedReference.reference("vasp/" + run + "/" + file))) {
            Files.copy(in, folder.resolve(plain), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Lease leaseFor(String run, String file) throws IOException {
        return leaseFor(run, file, title -> title);
    }

    private Lease leaseFor(String run, String file, UnaryOperator<String> title) throws IOException {
        put(run, file);
        VaspRun output = output(file);
        Structure first = output.steps().getFirst().structure();
        List<String> titles = output.header().potentials();
        Map<String, Object> potcars = new TreeMap<>();
        VaspOrder order = VaspOrder.of(first);
        for (int k = 0; k < titles.size(); k++) {
            potcars.put(order.kinds().get(k).symbol(), Map.of("choice", "any", "title", title.apply(titles.get(k))));
        }
        boolean relaxes = output.header().task() == VaspHeader.Task.RELAXATION;
        Lease plain = Leases.statics("lease-1", first);
        return new Lease(
                plain.id(),
                plain.calculation(),
                1,
                plain.structureId(),
                plain.structure(),
                new MethodRecord(
                        "method-1",
                        "vasp",
                        relaxes ? "cell-relax" : "static",
                        Map.of("incar", Map.of(), "kpoints", Map.of(), "potcars", potcars, "labels", "every-1"),
                        "level-1"),
                plain.leasedUntil());
    }

    private VaspRun output(String file) throws IOException {
        boolean xml = file.startsWith("vasprun");
        Path plain = folder.resolve(xml ? "vasprun.xml" : "OUTCAR");
        try (InputStream in = Files.newInputStream(plain);
                VaspOutput output = xml ? Vasprun.open(in) : Outcar.open(in)) {
            return output.run();
        }
    }
}
