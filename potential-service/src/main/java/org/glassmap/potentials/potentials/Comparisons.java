package org.glassmap.potentials.potentials;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.potentials.Comparison;
import org.glassmap.contract.potentials.ComparisonRequest;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.potentials.peers.StructureStore;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One potential or two against the labels of a dataset, frame by frame as they stream in. */
@Component
class Comparisons {

    /** What a request may be waited for: a minute or so of a small potential. */
    private static final long MOST_ATOMS = 3_000_000;

    private final Potentials potentials;
    private final Peers peers;

    Comparisons(Potentials potentials, Peers peers) {
        this.potentials = potentials;
        this.peers = peers;
    }

    /** @throws ProblemException naming the label whose structure a potential cannot be asked about */
    Comparison compare(String id, ComparisonRequest request) {
        @Nullable String named = request.dataset();
        if (named == null) {
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "There is nothing to compare with.")
                    .with(ProblemError.at("/dataset", "dataset is missing"));
        }
        Caller caller = Caller.current();
        ProjectId project = caller.requireProject();
        List<Judgement> judgements = new ArrayList<>();
        judgements.add(judgement(project, caller.user(), id, request.key()));
        @Nullable String other = request.other();
        if (other != null) {
            judgements.add(judgement(project, caller.user(), other, request.key()));
        }
        StructureStore store = peers.structureStore(project, caller.user());
        DatasetVersion dataset = store.dataset(named);
        if (dataset.atoms() > MOST_ATOMS) {
            throw refused(
                    "has %d atoms together, more than %d".formatted(dataset.atoms(), MOST_ATOMS),
                    dataset.name(),
                    "post its frames for predictions instead, which are streamed");
        }
        Tally difference = new Tally();
        int frames = store.frames(dataset.id(), in -> read(in, judgements, difference));
        if (frames != dataset.labels()) {
            throw new IllegalStateException(
                    "%s has %d labels, %d frames came".formatted(dataset.id(), dataset.labels(), frames));
        }
        return new Comparison(
                dataset.id(),
                judgements.stream().map(Judgement::told).toList(),
                judgements.size() == 2 ? difference.errors() : null,
                judgements.getFirst().kernel().id());
    }

    private Judgement judgement(ProjectId project, String user, String id, @Nullable String key) {
        Potentials.Graded potential = potentials.graded(project, user, id);
        Set<Quantity> asked = Set.of(Quantity.FORCES, Quantity.STRESS);
        return new Judgement(
                "potential-" + potential.hash(), new Predictions(potential, asked, Double.POSITIVE_INFINITY), key);
    }

    private static int read(InputStream in, List<Judgement> judgements, Tally difference) throws IOException {
        int frames = 0;
        try (FrameReader reader = ExtendedXyz.reader(in)) {
            for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
                switch (next.get()) {
                    case FrameOutcome.Read(Frame frame) -> judge(frame, judgements, difference);
                    case FrameOutcome.Refused(var problem) -> throw new IOException(problem);
                }
                frames++;
            }
        }
        return frames;
    }

    private static void judge(Frame frame, List<Judgement> judgements, Tally difference) {
        List<Predictions.Said> said = new ArrayList<>();
        for (Judgement judgement : judgements) {
            try {
                said.add(judgement.judge(frame));
            } catch (InvalidStructureException e) {
                String label = frame.metadata().getOrDefault("label", "a label");
                throw refused(
                        "holds %s, which %s cannot be asked about: %s"
                                .formatted(label, judgement.potential(), e.getMessage()),
                        label,
                        "compare on a dataset without it");
            }
        }
        if (said.size() == 2) {
            Predictions.Said first = said.getFirst();
            Predictions.Said second = said.getLast();
            difference.add(
                    (first.energy() - second.energy()) / frame.structure().size(),
                    Tally.squares(first.forces(), second.forces()),
                    Tally.squares(first.stress(), second.stress()));
        }
    }

    private static ProblemException refused(String detail, String value, String remedy) {
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "/dataset " + detail + "; " + remedy)
                .with(ProblemError.at("/dataset", detail).withValue(value).withRemedy(remedy));
    }
}
