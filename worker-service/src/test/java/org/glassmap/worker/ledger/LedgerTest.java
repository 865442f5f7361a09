package org.glassmap.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.core.atoms.Structure;
import org.glassmap.worker.Leases;
import org.glassmap.worker.engines.Outcome;
import org.glassmap.worker.engines.StructureWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final Structure STRUCTURE = Leases.lithiumSulphide();

    @TempDir
    Path directory;

    @Test
    void aJournalledLeaseComesBackDigitForDigit() throws Exception {
        try (Ledger ledger = open()) {
            ledger.journal(List.of(lease("lease-1"), lease("lease-2")));
        }
        try (Ledger ledger = open()) {
            List<LeaseFolder> held = ledger.held();
            assertThat(held).extracting(f -> f.lease().id()).containsExactly("lease-1", "lease-2");
            assertThat(StructureWire.structure(held.getFirst().lease().structure()))
                    .isEqualTo(STRUCTURE);
            assertThat(held.getFirst().report()).isEmpty();
        }
    }

    @Test
    void aClaimIsRememberedUntilItsLeasesAreJournalled() throws Exception {
        PendingClaim claim = new PendingClaim("key-1", new ClaimRequest(List.of("a"), List.of("potential"), 3, 20.0));
        try (Ledger ledger = open()) {
            ledger.remember(claim);
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.pendingClaim()).contains(claim);
            ledger.journal(List.of(lease("lease-1")));
            assertThat(ledger.pendingClaim()).isEmpty();
        }
    }

    @Test
    void aLeaseThatIsGivenAgainIsTheOneAlreadyHeld() throws Exception {
        try (Ledger ledger = open()) {
            assertThat(ledger.journal(List.of(lease("lease-1")))).hasSize(1);
            assertThat(ledger.journal(List.of(lease("lease-1"), lease("lease-2"))))
                    .extracting(f -> f.lease().id())
                    .containsExactly("lease-2");
        }
    }

    @Test
    void whatAKillLeftHalfMadeIsSweptAway() throws Exception {
        try (Ledger ledger = open()) {
            ledger.journal(List.of(lease("lease-1")));
        }
        Path leases = directory.resolve("leases");
        Files.createDirectory(leases.resolve("lease-2.new"));
        Files.writeString(leases.resolve("lease-2.new").resolve("lease.json"), "{\"id\":\"lea");
        Files.createDirectory(leases.resolve("lease-3.gone"));
        try (Ledger ledger = open()) {
            assertThat(ledger.held()).extracting(f -> f.lease().id()).containsExactly("lease-1");
            try (var left = Files.list(leases)) {
                assertThat(left).hasSize(1);
            }
        }
    }

    @Test
    void theFirstReportStands() throws Exception {
        try (Ledger ledger = open()) {
            LeaseFolder folder = ledger.journal(List.of(lease("lease-1"))).getFirst();
            LeaseReport first = Outcome.CANCELLED.because("first", null);
            folder.writeReport(first);
            folder.writeReport(Outcome.FATAL_INPUT.because("second", null));
            assertThat(ledger.held().getFirst().report()).contains(first);
        }
    }

    @Test
    void aSettledLeaseIsForgotten() throws Exception {
        try (Ledger ledger = open()) {
            LeaseFolder folder = ledger.journal(List.of(lease("lease-1"))).getFirst();
            Files.writeString(folder.work().resolve("OUTCAR"), "…");
            ledger.forget(folder);
            assertThat(ledger.held()).isEmpty();
        }
    }

    @Test
    void aRefusedReportIsKeptAndNotRunAgain() throws Exception {
        try (Ledger ledger = open()) {
            LeaseFolder folder = ledger.journal(List.of(lease("lease-1"))).getFirst();
            folder.writeReport(Outcome.FATAL_INPUT.because("x", null));
            Path kept = ledger.refuse(folder);
            assertThat(kept.resolve("report.json")).exists();
            assertThat(ledger.held()).isEmpty();
            assertThat(ledger.journal(List.of(lease("lease-1")))).isEmpty();
        }
    }

    @Test
    void aSecondAgentIsKeptOut() throws Exception {
        try (Ledger ledger = open()) {
            assertThat(ledger.name("a")).isEqualTo("a");
            assertThatThrownBy(this::open)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another agent");
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.name("b")).isEqualTo("a");
        }
    }

    @Test
    void aLeaseIdThatIsNoNameForAFolderIsRefused() throws Exception {
        try (Ledger ledger = open()) {
            assertThatThrownBy(() -> ledger.journal(List.of(lease("lease-../../etc"))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Ledger open() throws Exception {
        return Ledger.open(directory, Leases.JSON);
    }

    private static Lease lease(String id) {
        return Leases.statics(id, STRUCTURE);
    }
}
