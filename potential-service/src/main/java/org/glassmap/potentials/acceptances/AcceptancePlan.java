package org.glassmap.potentials.acceptances;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.acceptances.AcceptanceRequest.Settings;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.analysis.AcceptanceSettings;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;

/** What a request asks for: its defaults filled in, its faults named. */
final class AcceptancePlan {

    private static final int MOST_CRYSTALS = 50;
    private static final double LONGEST = 1e6;

    private AcceptancePlan() {}

    /**
     * @param potential whole id
     * @param dataset id of the frozen version, or null
     * @throws ProblemException that names every fault
     */
    static AcceptanceRequest complete(AcceptanceRequest request, String potential, @Nullable String dataset) {
        AcceptanceSettings settings = settings(request.settings());
        return new AcceptanceRequest(
                potential,
                request.crystals().stream()
                        .map(crystal -> new AcceptanceRequest.Crystal(
                                crystal.structure(), crystal.name(), !Boolean.FALSE.equals(crystal.stable())))
                        .toList(),
                dataset,
                new Settings(
                        settings.energyTolerance(),
                        settings.volumeTolerance(),
                        settings.imaginaryTolerance(),
                        settings.acousticTolerance(),
                        settings.temperatures(),
                        settings.time(),
                        settings.leastAtoms(),
                        settings.holeDepth(),
                        settings.seed()));
    }

    /** @throws ProblemException that names every fault */
    static void check(AcceptanceRequest request) {
        List<ProblemError> errors = new ArrayList<>();
        @Nullable String potential = request.potential();
        if (potential == null) {
            errors.add(ProblemError.at("/potential", "potential is missing"));
        }
        @Nullable List<AcceptanceRequest.Crystal> crystals = request.crystals();
        if (crystals == null || crystals.isEmpty() || crystals.size() > MOST_CRYSTALS) {
            errors.add(ProblemError.at("/crystals", "give 1 to %d crystals".formatted(MOST_CRYSTALS)));
        } else {
            Set<String> names = new HashSet<>();
            for (int k = 0; k < crystals.size(); k++) {
                AcceptanceRequest.@Nullable Crystal crystal = crystals.get(k);
                @Nullable String name = crystal == null ? null : crystal.name();
                @Nullable String structure = crystal == null ? null : crystal.structure();
                if (name == null || structure == null || name.isBlank() || !names.add(name)) {
                    errors.add(ProblemError.at("/crystals/" + k, "needs a structure and a name that no other has"));
                }
            }
        }
        if (errors.isEmpty()) {
            try {
                AcceptanceSettings settings = settings(request.settings());
                if (settings.time() > LONGEST) {
                    errors.add(ProblemError.at("/settings/time", "at most 1000000 fs"));
                }
                if (settings.temperatures().size() > 10) {
                    errors.add(ProblemError.at("/settings/temperatures", "at most 10"));
                }
            } catch (IllegalArgumentException e) {
                errors.add(ProblemError.at("/settings", String.valueOf(e.getMessage())));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    RequestProblem.INVALID_REQUEST, "The acceptance cannot be carried out as it stands.", errors);
        }
    }

    /** @throws IllegalArgumentException naming what cannot be */
    static AcceptanceSettings settings(@Nullable Settings given) {
        AcceptanceSettings usual = AcceptanceSettings.DEFAULT;
        if (given == null) {
            return usual;
        }
        @Nullable List<Double> temperatures = given.temperatures();
        return new AcceptanceSettings(
                or(given.energyTolerance(), usual.energyTolerance()),
                or(given.volumeTolerance(), usual.volumeTolerance()),
                or(given.imaginaryTolerance(), usual.imaginaryTolerance()),
                or(given.acousticTolerance(), usual.acousticTolerance()),
                temperatures == null ? usual.temperatures() : temperatures,
                or(given.time(), usual.time()),
                or(given.leastAtoms(), usual.leastAtoms()),
                or(given.holeDepth(), usual.holeDepth()),
                usual.bonds(),
                or(given.seed(), usual.seed()));
    }

    private static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }
}
