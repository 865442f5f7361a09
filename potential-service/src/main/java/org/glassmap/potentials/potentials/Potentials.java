package org.glassmap.potentials.potentials;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.trainings.CalibrationDocument;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.glassmap.core.learning.ExtrapolationGrade;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.potentials.Listing;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.problems.NothingThere;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The potentials that projects see. */
@Component
public class Potentials {

    private static final String KIND = "potential";
    private static final Pattern ID = Pattern.compile("potential-[0-9a-f]{12,64}");

    private final PotentialStore store;
    private final Peers peers;
    private final LoadedPotentials loaded;
    private final Grades grades;
    private final JsonMapper json;
    private final Clock clock;

    Potentials(
            PotentialStore store, Peers peers, LoadedPotentials loaded, Grades grades, JsonMapper json, Clock clock) {
        this.store = store;
        this.peers = peers;
        this.loaded = loaded;
        this.grades = grades;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Puts a potential's document where files live; it may be there already. The potential's id and the file's are the
     * same hash: the document holds what computes and nothing else.
     */
    public String file(ProjectId project, String user, PotentialDocument document) {
        peers.structureStore(project, user).putArtifact(document.bytes());
        return KIND + "-" + document.id();
    }

    /** Notes that a project sees a potential, and where it came from; joins the caller's transaction. */
    public void keep(ProjectId project, PotentialDocument document, Origin origin) {
        store.keep(project.value(), document.id(), document.potential(), origin, clock.instant());
    }

    /**
     * @param id whole, or 12 digits of it and more
     * @throws NothingThere if the project sees none of that id
     */
    public PotentialRecord record(ProjectId project, String id) {
        return record(project.value(), find(project, id));
    }

    public Page<PotentialRecord> list(ProjectId project, @Nullable String cursor, @Nullable Integer limit) {
        Listing listing = Listing.of("grant", cursor, limit);
        List<PotentialGrant> grants = store.page(project.value(), listing.below(), listing.oneMore());
        return listing.page(
                grants,
                grant -> record(project.value(), grant.potential()),
                grant -> new MadeId("grant", grant.number()));
    }

    /**
     * What computes.
     *
     * @throws NothingThere if the project sees none of that id
     */
    public LearntPotential learnt(ProjectId project, String user, String id) {
        StoredPotential stored = find(project, id);
        return loaded.potential(
                stored.hash(),
                () -> peers.structureStore(project, user).artifact(stored.artifact(), PotentialDocument.MAX_BYTES));
    }

    /**
     * What computes, and what tells how far it extrapolates.
     *
     * @param hash of the potential, without the word before it
     * @param grade absent where the project has none of it
     * @param calibration of the committee's spread; absent where it is not calibrated
     */
    public record Graded(
            String hash,
            LearntPotential potential,
            Optional<ExtrapolationGrade> grade,
            Optional<CalibrationDocument> calibration) {}

    /** @throws NothingThere if the project sees none of that id */
    public Graded graded(ProjectId project, String user, String id) {
        LearntPotential potential = learnt(project, user, id);
        String hash = find(project, id).hash();
        return new Graded(
                hash,
                potential,
                grades.of(project, user, hash, potential),
                calibration(store.source(project.value(), hash)));
    }

    private StoredPotential find(ProjectId project, String id) {
        if (!ID.matcher(id).matches()) {
            throw new NothingThere(KIND, id);
        }
        List<StoredPotential> found = store.beginningWith(project.value(), id.substring(KIND.length() + 1));
        if (found.isEmpty()) {
            throw new NothingThere(KIND, id);
        }
        if (found.size() > 1) {
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "Several potentials begin with this id.")
                    .with(ProblemError.inParameter("id", "not unique")
                            .withValue(id)
                            .withRemedy("give more of its digits"));
        }
        return found.getFirst();
    }

    private Optional<CalibrationDocument> calibration(Optional<PotentialSource> source) {
        return source.flatMap(s -> Optional.ofNullable(s.calibration()))
                .map(text -> json.readValue(text, CalibrationDocument.class));
    }

    private PotentialRecord record(String project, StoredPotential potential) {
        Optional<PotentialSource> source = store.source(project, potential.hash());
        Optional<UUID> training = source.flatMap(s -> Optional.ofNullable(s.training()));
        Optional<CalibrationDocument> calibration = calibration(source);
        return new PotentialRecord(
                potential.wireId(),
                potential.artifact(),
                potential.members(),
                potential.species(),
                potential.cutoff(),
                training.map(uuid -> new MadeId("training", uuid).toString()).orElse(null),
                source.map(PotentialSource::dataset).orElse(null),
                source.map(s -> json.readValue(s.errors(), new TypeReference<List<EpochErrors>>() {}))
                        .orElse(List.of()),
                calibration.isEmpty(),
                potential.created().toString(),
                grades.record(project, potential.hash()).orElse(null),
                calibration.orElse(null),
                store.acceptance(project, potential.hash()).orElse(null),
                source.map(PotentialSource::kernel).orElse(null));
    }
}
