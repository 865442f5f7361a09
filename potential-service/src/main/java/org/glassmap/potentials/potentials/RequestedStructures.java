package org.glassmap.potentials.potentials;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.glassmap.contract.potentials.Prediction;
import org.glassmap.contract.potentials.PredictionRequest;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Structure;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.potentials.peers.StructureStore;
import org.glassmap.potentials.peers.WireStructure;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Predictions for the structures that one request names or holds: for all of them, or a problem naming each bad one. */
@Component
class RequestedStructures {

    private static final int MOST = 1000;
    private static final int MOST_ERRORS = 100;

    private final Peers peers;

    RequestedStructures(Peers peers) {
        this.peers = peers;
    }

    List<Prediction> predict(
            Potentials.Graded potential, Set<Quantity> asked, double maximumGrade, PredictionRequest request) {
        @Nullable List<StructureDocument> documents = request.structures();
        @Nullable List<String> ids = request.structureIds();
        if ((documents == null) == (ids == null)) {
            throw refused(List.of(ProblemError.at("", "give either structures or structureIds")));
        }
        double maximum = Math.min(maximumGrade, maximumGrade(potential, request.maximumGrade(), "/maximumGrade"));
        Predictions predictions = new Predictions(potential, withGrades(asked, request), maximum);
        if (documents != null) {
            return predict(
                    predictions, "/structures", documents.size(), k -> WireStructure.read(present(documents.get(k))));
        }
        List<String> named = Objects.requireNonNull(ids);
        Caller caller = Caller.current();
        StructureStore store = peers.structureStore(caller.requireProject(), caller.user());
        return predict(predictions, "/structureIds", named.size(), k -> store.structure(named.get(k)));
    }

    private static List<Prediction> predict(
            Predictions predictions, String pointer, int count, IntFunction<Structure> structures) {
        if (count > MOST) {
            throw refused(List.of(ProblemError.at(pointer, "at most %d structures a request".formatted(MOST))
                    .withValue(Integer.toString(count))
                    .withRemedy("post them as extended XYZ, which is streamed")));
        }
        List<Predictions.Fit> fits = new ArrayList<>();
        List<ProblemError> errors = new ArrayList<>();
        for (int k = 0; k < count && errors.size() < MOST_ERRORS; k++) {
            try {
                fits.add(predictions.fit(structures.apply(k)));
            } catch (InvalidStructureException e) {
                errors.add(
                        ProblemError.at("%s/%d/%s".formatted(pointer, k, e.field()), String.valueOf(e.getMessage())));
            }
        }
        if (!errors.isEmpty()) {
            throw refused(errors);
        }
        return predictions.of(fits).stream().map(Predictions.Said::onTheWire).toList();
    }

    private static Set<Quantity> withGrades(Set<Quantity> asked, PredictionRequest request) {
        if (!Boolean.TRUE.equals(request.grades())) {
            return asked;
        }
        Set<Quantity> all = EnumSet.of(Quantity.GRADES);
        all.addAll(asked);
        return all;
    }

    /**
     * @param maximum of an atom's grade; absent where nothing is to be refused
     * @param pointer where it stands, or the name of a parameter
     * @return infinite where nothing is to be refused
     */
    static double maximumGrade(Potentials.Graded potential, @Nullable Double maximum, String pointer) {
        if (maximum == null) {
            return Double.POSITIVE_INFINITY;
        }
        if (!(maximum > 0)) {
            throw refused(List.of(ProblemError.at(pointer, "must be positive").withValue(maximum.toString())));
        }
        if (potential.grade().isEmpty()) {
            throw refused(List.of(ProblemError.at(pointer, "this potential has no extrapolation grade")
                    .withRemedy("leave it out, or have a grade made by an acceptance with the training set")));
        }
        return maximum;
    }

    private static StructureDocument present(@Nullable StructureDocument document) {
        if (document == null) {
            throw new InvalidStructureException("species", "there is no structure here");
        }
        return document;
    }

    private static ProblemException refused(List<ProblemError> errors) {
        return new ProblemException(
                RequestProblem.INVALID_REQUEST, "Nothing was predicted: see what is wrong with it.", errors);
    }
}
