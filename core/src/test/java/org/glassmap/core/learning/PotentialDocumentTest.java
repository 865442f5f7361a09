package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PotentialDocumentTest {

    private static final ResolvedChebyshev RICH = new ResolvedChebyshev(5, 4, 4, 2, SamplePotentials.LPS);
    private static final CommitteePotential COMMITTEE = SamplePotentials.committee(RICH, 3, 4);

    @Test
    void aCommitteeComesBackBitForBit() {
        PotentialDocument written = PotentialDocument.of(COMMITTEE);
        PotentialDocument read = PotentialDocument.read(written.bytes());
        assertThat(read.potential()).isEqualTo(COMMITTEE);
        assertThat(read.bytes()).isEqualTo(written.bytes());
        assertThat(read.id()).isEqualTo(written.id());
    }

    @Test
    void aPotentialOfAenetsKindComesBackBitForBit() {
        NetworkPotential potential = SamplePotentials.random(
                new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS), List.of(15, 15), Activation.TWIST, 3);
        assertThat(PotentialDocument.read(PotentialDocument.of(potential).bytes())
                        .potential())
                .isEqualTo(potential);
    }

    @Test
    void theFileSaysWhatIsInIt() {
        String text = new String(PotentialDocument.of(COMMITTEE).bytes(), StandardCharsets.ISO_8859_1);
        assertThat(text)
                .startsWith("glassmap-potential-1\nmembers 3\nwalls 6\nwall Li Li\n")
                .contains("species Li descriptor resolved orders 4 2 environment Li P S\n"
                        + "network 1 layers 33 10 7 1 activations tanh tanh linear\n");
    }

    @Test
    void theIdFollowsWhatComputesAndTheOrderOfMembers() {
        String id = PotentialDocument.of(COMMITTEE).id();
        List<NetworkPotential> members = COMMITTEE.members();
        CommitteePotential turned = new CommitteePotential(List.of(members.get(1), members.get(0), members.get(2)));
        assertThat(PotentialDocument.of(turned).id()).isNotEqualTo(id);
        assertThat(PotentialDocument.of(members.getFirst().withRepulsion(PairRepulsion.NONE))
                        .id())
                .isNotEqualTo(PotentialDocument.of(members.getFirst()).id());
        assertThat(id).matches("[0-9a-f]{64}");
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        byte[] bytes = PotentialDocument.of(COMMITTEE).bytes();
        for (int length = 0; length < bytes.length; length += length < 1500 ? 1 : 211) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PotentialDocument.read(cut)).isInstanceOf(PotentialFileException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> PotentialDocument.read(longer))
                .isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("has a tail");
    }

    @Test
    void aChangedByteGivesAnotherPotentialOrARefusal() {
        byte[] bytes = PotentialDocument.of(COMMITTEE).bytes();
        SplittableRandom random = new SplittableRandom(1);
        String id = PotentialDocument.of(COMMITTEE).id();
        for (int trial = 0; trial < 3000; trial++) {
            byte[] changed = bytes.clone();
            int place = random.nextInt(trial % 2 == 0 ? 900 : bytes.length);
            changed[place] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(PotentialDocument.read(changed).id()).isNotEqualTo(id);
            } catch (PotentialFileException refused) {
                assertThat(refused).hasMessageContaining(refused.place());
            }
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> PotentialDocument.read("PK\u0003\u0004 zip\n".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("line 1: expected 'glassmap-potential-1', got 'PK");
        assertThatThrownBy(() -> PotentialDocument.read(
                        "glassmap-potential-1\nmembers 2147483648\n".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("line 2: expected a whole number, got '2147483648'");
        byte[] bytes = PotentialDocument.of(COMMITTEE).bytes();
        Arrays.fill(bytes, bytes.length - 8, bytes.length, (byte) 0xff); // a NaN for the last weight
        assertThatThrownBy(() -> PotentialDocument.read(bytes)).hasMessageContaining("weights must be finite, got NaN");
    }
}
