package org.glassmap.potentials.proposals;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.proposals.ProposalRequest;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.DescriptorProposal;
import org.glassmap.core.learning.ProposalSettings;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.support.jobs.Job;
import org.glassmap.support.jobs.JobBody;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tries descriptor settings one after the other. A runner that takes over begins anew: it ends the same. */
@Component
class ProposalJob implements JobBody {

    static final String KIND = "proposal";

    private final ProposalStore store;
    private final Peers peers;
    private final JsonMapper json;

    ProposalJob(ProposalStore store, Peers peers, JsonMapper json) {
        this.store = store;
        this.peers = peers;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job) {
        ProposalRow row = store.require(job.id());
        ProposalRequest request = json.readValue(row.request(), ProposalRequest.class);
        job.progress(new JobProgress(0, "reads the dataset", null, null));
        List<TrainingFrame> frames = new ArrayList<>();
        peers.structureStore(row.project(), row.maker())
                .eachFrame(request.dataset(), frame -> frames.add(trainingFrame(frame, request.groupKey())));
        List<Species> species = Objects.requireNonNull(request.species()).stream()
                .map(Species::of)
                .toList();
        DescriptorProposal.Answer answer =
                DescriptorProposal.propose(frames, species, settings(request), (trial, number) -> {
                    job.requireNotCancelled();
                    job.progress(new JobProgress(
                            (double) number / DescriptorProposal.MOST_TRIALS,
                            "%d descriptors tried".formatted(number),
                            null,
                            null));
                });
        job.write(() -> {
            store.ended(job.id(), json.writeValueAsString(ProposalAnswer.of(answer)));
            return answer;
        });
    }

    private static TrainingFrame trainingFrame(Frame frame, @Nullable String groupKey) {
        String label = String.valueOf(frame.metadata().get("label"));
        @Nullable String group = groupKey == null ? label : frame.metadata().get(groupKey);
        if (group == null) {
            throw new IllegalArgumentException(
                    "%s has no attribute '%s' to be split by; leave groupKey out or choose one of %s"
                            .formatted(label, groupKey, frame.metadata().keySet()));
        }
        return new TrainingFrame(
                frame.structure(), frame.energy().orElseThrow(), frame.forces().orElse(null), null, group);
    }

    static ProposalSettings settings(ProposalRequest request) {
        ProposalSettings usual = ProposalSettings.DEFAULT;
        return new ProposalSettings(
                or(request.frames(), usual.frames()),
                or(request.epochs(), usual.epochs()),
                usual.hidden(),
                usual.validation(),
                usual.gain(),
                or(request.seed(), usual.seed()));
    }

    static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }
}
