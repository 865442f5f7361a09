package org.glassmap.contract.campaigns;

import java.util.List;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.trainings.TrainingRequest;
import org.jspecify.annotations.Nullable;

/**
 * A campaign on the line of two end members: label the starting structures, train, sample removals, label and relax
 * the best, train again; then one sweep over all chains and a last training.
 *
 * @param seed of everything random in it
 * @param staticMethod id of the reference method of labels
 * @param relaxationMethod id of the reference method that relaxes the best, of the same level of theory
 * @param starts ids of structures that are labelled first
 * @param endMembers the structures of pure Li2S and pure P2S5
 * @param crystals on the line, that are relaxed and drawn with the diagram
 * @param parents of the chains
 * @param training settings; its dataset, seed and warm start are the campaign's own
 * @param iterations sampling and retraining before the final sweep, at least 1
 * @param probes ids of structures never trained on, whose error is reported each iteration; may be empty
 * @param acceptance every potential is put through it before it is used; absent means used as trained
 */
public record CampaignRequest(
        String name,
        long seed,
        String staticMethod,
        String relaxationMethod,
        List<String> starts,
        List<NamedStructure> endMembers,
        List<NamedStructure> crystals,
        List<Parent> parents,
        TrainingSettings training,
        int iterations,
        SamplingSettings sampling,
        List<String> probes,
        @Nullable Acceptance acceptance) {

    /** Whose potentials are used as they are trained. */
    public CampaignRequest(
            String name,
            long seed,
            String staticMethod,
            String relaxationMethod,
            List<String> starts,
            List<NamedStructure> endMembers,
            List<NamedStructure> crystals,
            List<Parent> parents,
            TrainingSettings training,
            int iterations,
            SamplingSettings sampling,
            List<String> probes) {
        this(
                name,
                seed,
                staticMethod,
                relaxationMethod,
                starts,
                endMembers,
                crystals,
                parents,
                training,
                iterations,
                sampling,
                probes,
                null);
    }

    /**
     * On the crystals and end members; a part that fails ends the campaign, named, unless it is forced.
     *
     * @param force use the potential though parts fail; false by default
     * @param settings absent means the defaults of each field
     */
    public record Acceptance(@Nullable Boolean force, AcceptanceRequest.@Nullable Settings settings) {}

    /**
     * @param structure id
     * @param name as it is drawn
     */
    public record NamedStructure(String structure, String name) {}

    /**
     * A crystal from whose supercell units are removed.
     *
     * @param structure id of the crystal
     * @param name as it is drawn
     * @param minimumAtoms of the supercell
     * @param maximumAtoms of the supercell
     */
    public record Parent(String structure, String name, int minimumAtoms, int maximumAtoms) {}

    /**
     * As in {@link TrainingRequest}; {@code retrainingEpochs} are those of a warm start.
     *
     * @param optimiser {@code adam}, which is meant where it is absent, or {@code whitened}
     */
    public record TrainingSettings(
            int members,
            TrainingRequest.@Nullable DescriptorDocument descriptor,
            @Nullable List<Integer> hiddenLayers,
            TrainingRequest.@Nullable LossDocument loss,
            int epochs,
            int retrainingEpochs,
            @Nullable Double learningRate,
            TrainingRequest.@Nullable RepulsionDocument repulsion,
            @Nullable String optimiser) {}

    /**
     * @param mode {@code stepwise}: the best relaxed child is the next parent; {@code at-once}: all units leave the
     *     pristine parent
     * @param minimumFraction lowest x of the sweep
     * @param maximumFraction highest x of the sweep
     * @param population of the genetic algorithm
     * @param mutationRate of the genetic algorithm
     * @param evaluations budget of each search
     * @param relaxed candidates of each composition, the lowest once the potential has relaxed them, that the reference
     *     method labels
     * @param reference candidates of each composition the reference method relaxes
     * @param uncertain candidates of each composition, those of the lowest parent on which the committee's spread is
     *     widest, that are labelled as removed
     * @param chainShare of the chains that an iteration walks, 0 to 1; the final sweep walks all
     * @param maximumSteps of a chain; absent means as far as the fractions reach
     * @param beam so many of a step's lowest relaxed children are the next parents of a chain; absent means 1, as in
     *     the paper
     * @param screened so many candidates of each parent the potential relaxes to find the {@code relaxed} lowest of its
     *     composition, first the lowest of each niche; absent means as in the paper: no more than those, the lowest
     *     before relaxation
     */
    public record SamplingSettings(
            String mode,
            double minimumFraction,
            double maximumFraction,
            int population,
            double mutationRate,
            int evaluations,
            int relaxed,
            int reference,
            int uncertain,
            double chainShare,
            @Nullable Integer maximumSteps,
            @Nullable Integer beam,
            @Nullable Integer screened) {

        /** Most parents a chain goes on from. */
        public int parents() {
            return beam == null ? 1 : beam;
        }

        /** Whether the lowest of each niche go first. */
        public boolean byNiches() {
            return screened != null;
        }

        /** Most candidates of a parent that the potential relaxes. */
        public int relaxedOfEachParent() {
            return screened == null ? relaxed : screened;
        }
    }
}
