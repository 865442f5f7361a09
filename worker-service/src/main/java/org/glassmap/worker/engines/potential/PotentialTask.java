package org.glassmap.worker.engines.potential;

import java.util.Map;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.sampling.RelaxationSettings;
import org.glassmap.core.sampling.RelaxationSettings.Freedom;
import org.glassmap.core.sampling.RelaxationSettings.Method;
import org.glassmap.worker.engines.LabelledSteps;
import org.glassmap.worker.engines.UnfitInputException;

/** What a method of the engine {@code potential} asks for. */
sealed interface PotentialTask {

    record Static() implements PotentialTask {}

    record Relax(RelaxationSettings settings, LabelledSteps labels) implements PotentialTask {}

    /** @throws UnfitInputException if the method's settings are not the engine's */
    static PotentialTask of(MethodRecord method) {
        return switch (method.kind()) {
            case "static" -> new Static();
            case "relax" -> new Relax(relaxation(method.settings(), Freedom.POSITIONS), labels(method));
            case "cell-relax" -> new Relax(relaxation(method.settings(), Freedom.POSITIONS_AND_CELL), labels(method));
            default -> throw new UnfitInputException("kind must be static, relax or cell-relax, got " + method.kind());
        };
    }

    private static LabelledSteps labels(MethodRecord method) {
        return LabelledSteps.of(method.settings());
    }

    /** Every number stands in the method: what the store filled in is physics, and no default of this agent's. */
    private static RelaxationSettings relaxation(Map<String, Object> settings, Freedom freedom) {
        boolean cell = freedom == Freedom.POSITIONS_AND_CELL;
        RelaxationSettings defaults = RelaxationSettings.DEFAULT;
        try {
            return new RelaxationSettings(
                    minimiser(settings),
                    freedom,
                    number(settings, "forceTolerance"),
                    cell ? number(settings, "stressTolerance") : defaults.stressTolerance(),
                    cell ? number(settings, "pressure") : 0,
                    (int) number(settings, "maxEvaluations"),
                    number(settings, "maxStep"),
                    number(settings, "fusedBelow"));
        } catch (IllegalArgumentException e) {
            throw new UnfitInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Method minimiser(Map<String, Object> settings) {
        Object minimiser = settings.get("minimiser");
        if ("lbfgs".equals(minimiser)) {
            return Method.LBFGS;
        }
        if ("fire".equals(minimiser)) {
            return Method.FIRE;
        }
        throw new UnfitInputException("minimiser must be lbfgs or fire, got " + minimiser);
    }

    private static double number(Map<String, Object> settings, String name) {
        if (settings.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new UnfitInputException("%s must be a number, got %s".formatted(name, settings.get(name)));
    }
}
