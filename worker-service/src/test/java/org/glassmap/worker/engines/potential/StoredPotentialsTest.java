package org.glassmap.worker.engines.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.CommitteePrediction;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.SamplePotentials;
import org.glassmap.worker.Leases;
import org.glassmap.worker.artifacts.ArtifactCache;
import org.glassmap.worker.artifacts.ArtifactSource;
import org.glassmap.worker.dispatch.ComputationDispatcher;
import org.glassmap.worker.dispatch.Work;
import org.glassmap.worker.engines.UnfitInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredPotentialsTest {

    private static final Structure STRUCTURE = Leases.lithiumSulphide();
    private static final CommitteePotential COMMITTEE =
            SamplePotentials.committee(new ResolvedChebyshev(6.0, 6, 4.0, 3, SamplePotentials.LPS), 3, 11);
    private static final byte[] FILE = PotentialDocument.of(COMMITTEE).bytes();

    @TempDir
    Path folder;

    @Test
    void theFileOutOfTheStoreAnswersWithTheCommitteesMeanAndSpread() throws Exception {
        PotentialEngine engine = new PotentialEngine(stored(artifact -> new ByteArrayInputStream(FILE)), Leases.JSON);
        LeaseReport report = run(engine, lease(artifact(FILE)));
        assertThat(report.program()).endsWith(", kernel " + Kernel.best().id());
        LeaseReport.Step step = report.steps().getFirst();
        CommitteePrediction expected = COMMITTEE.calculator().predict(STRUCTURE);
        assertThat(step.energy()).isEqualTo(expected.mean().energy());
        assertThat(step.spread()).isEqualTo(expected.energySpread() / STRUCTURE.size());
        assertThat(step.spread()).isGreaterThan(1e-4);
    }

    @Test
    void aRelaxationTellsTheSpreadAtItsEnd() throws Exception {
        PotentialEngine engine = new PotentialEngine(stored(artifact -> new ByteArrayInputStream(FILE)), Leases.JSON);
        Map<String, Object> settings = Leases.relaxation("last");
        settings.put("maxEvaluations", 3);
        Lease lease = lease(artifact(FILE), "relax", settings);
        LeaseReport.Step step = run(engine, lease).steps().getLast();
        Structure end = org.glassmap.worker.engines.StructureWire.structure(step.structure());
        assertThat(step.spread())
                .isCloseTo(COMMITTEE.calculator().predict(end).energySpread() / end.size(), within(1e-12));
    }

    @Test
    void anOutageOfTheStoreIsWaitedFor() throws Exception {
        int[] asked = {0};
        StoredPotentials potentials = stored(artifact -> {
            if (asked[0]++ < 2) {
                throw new IOException("connection refused");
            }
            return new ByteArrayInputStream(FILE);
        });
        assertThat(potentials.potential(artifact(FILE))).isEqualTo(COMMITTEE);
        assertThat(potentials.potential(artifact(FILE))).isSameAs(potentials.potential(artifact(FILE)));
        assertThat(asked[0]).isEqualTo(3);
    }

    @Test
    void aFileThatIsNoPotentialIsFatal() {
        byte[] poem = "a poem".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThatThrownBy(
                        () -> stored(artifact -> new ByteArrayInputStream(poem)).potential(artifact(poem)))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("is no potential");
    }

    @Test
    void anArtifactTheStoreDoesNotHaveIsFatal() {
        StoredPotentials potentials = stored(artifact -> {
            throw new ArtifactSource.UnknownArtifactException(artifact);
        });
        assertThatThrownBy(() -> potentials.potential(artifact(FILE))).isInstanceOf(UnfitInputException.class);
    }

    private StoredPotentials stored(ArtifactSource source) {
        return new StoredPotentials(new ArtifactCache(folder.resolve("artifacts"), source), new PotentialFiles());
    }

    private LeaseReport run(PotentialEngine engine, Lease lease) throws Exception {
        Work.Computation work = (Work.Computation) engine.prepare(lease, folder);
        return engine.read(
                lease,
                folder,
                new ComputationDispatcher().start(work, lease, folder).await());
    }

    private static Lease lease(String artifact) {
        return lease(artifact, "static", Map.of());
    }

    private static Lease lease(String artifact, String kind, Map<String, Object> settings) {
        Lease plain = Leases.lease("lease-1", STRUCTURE, kind, settings);
        Map<String, Object> all = new TreeMap<>(plain.method().settings());
        all.put("potential", artifact);
        MethodRecord method = new MethodRecord("method-1", "potential", kind, all, "level-1");
        return new Lease(
                plain.id(),
                plain.calculation(),
                1,
                plain.structureId(),
                plain.structure(),
                method,
                plain.leasedUntil());
    }

    private static String artifact(byte[] bytes) throws Exception {
        return "artifact-"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
