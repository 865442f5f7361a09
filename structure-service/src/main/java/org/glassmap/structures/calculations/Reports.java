package org.glassmap.structures.calculations;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Sight;
import org.glassmap.structures.labels.Label;
import org.glassmap.structures.labels.LabelSource;
import org.glassmap.structures.labels.LabelStore;
import org.glassmap.structures.methods.MethodStore;
import org.glassmap.structures.structures.Admitted;
import org.glassmap.structures.structures.StructureStore;
import org.glassmap.structures.structures.StructureWire;
import org.glassmap.support.problems.NothingThere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What agents say came of their leases. A good result is never thrown away, whenever it comes: accepted while the
 * calculation is open, kept beside it afterwards. An error counts only while its lease is the current one.
 */
@Component
class Reports {

    private static final int LONGEST_MESSAGE = 20_000;

    private final JdbcClient database;
    private final StructureStore structures;
    private final LabelStore labels;
    private final MethodStore methods;
    private final AgentStore agents;
    private final Grants grants;
    private final Closing closing;
    private final QueueProperties queue;
    private final JsonMapper json;

    Reports(
            JdbcClient database,
            StructureStore structures,
            LabelStore labels,
            MethodStore methods,
            AgentStore agents,
            Grants grants,
            Closing closing,
            QueueProperties queue,
            JsonMapper json) {
        this.database = database;
        this.structures = structures;
        this.labels = labels;
        this.methods = methods;
        this.agents = agents;
        this.grants = grants;
        this.closing = closing;
        this.queue = queue;
        this.json = json;
    }

    /** The row of a lease's attempt with what it belongs to. */
    private record Reported(
            String lease,
            String calculation,
            String structure,
            String method,
            String state,
            @Nullable String report,
            @Nullable String effect,
            boolean current) {
        boolean open() {
            return state.equals("open");
        }
    }

    /**
     * Takes a report. The same one is answered the same.
     *
     * @return {@code accepted}, {@code duplicate}, {@code recorded} or {@code kept-cancelled}
     * @throws NothingThere if the agent was never given this lease
     */
    @Transactional
    String take(String owner, String agent, String lease, LeaseReport report) {
        Outcome outcome = Outcome.read(report.outcome());
        boolean judged = outcome == Outcome.RETRYABLE_CODE || outcome == Outcome.RETRYABLE_INFRASTRUCTURE;
        if (judged) {
            agents.hold(agent);
        } else if (outcome == Outcome.SUCCESS) {
            agents.succeeded(agent);
        }
        Reported attempt = locked(owner, agent, lease);
        String hash = hash(report);
        if (hash.equals(attempt.report()) && attempt.effect() != null) {
            return attempt.effect();
        }
        List<String> artifacts = artifacts(owner, report.artifacts());
        String effect = outcome == Outcome.SUCCESS ? good(attempt, report) : error(attempt, outcome, report);
        if (judged) {
            agents.failed(agent);
        }
        grants.spread(new ContentId(ContentKind.CALCULATION, attempt.calculation()), ContentKind.ARTIFACT, artifacts);
        database.sql("""
                        UPDATE attempt SET report = :hash, effect = :effect, artifacts = :artifacts
                        WHERE lease = :lease""")
                .param("artifacts", artifacts.toArray(String[]::new))
                .param("hash", hash)
                .param("effect", effect)
                .param("lease", lease)
                .update();
        return effect;
    }

    /** Hashes of the files that the report hands on, all of which the agent has put. */
    private List<String> artifacts(String owner, @Nullable List<String> named) {
        List<String> hashes = new ArrayList<>();
        for (String name : named == null ? List.<String>of() : named) {
            String id = name.startsWith("artifact-") ? name : "artifact-" + name;
            hashes.add(ContentId.read(ContentKind.ARTIFACT, "/artifacts", id).hash());
        }
        Set<String> unseen = grants.unseen(Sight.agent(owner).project(), ContentKind.ARTIFACT, hashes);
        if (!unseen.isEmpty()) {
            throw new InvalidInputException(
                    "/artifacts", unseen.iterator().next(), "names what was not put", "PUT the file first");
        }
        return hashes;
    }

    private String hash(LeaseReport report) {
        return ContentId.of(ContentKind.CALCULATION, json.writeValueAsBytes(report))
                .hash();
    }

    /**
     * Holds the calculation and its task until the transaction ends, and reads the attempt only then: what happens to
     * one calculation comes in line. The agent's row is not held for it: its results may come side by side.
     */
    private Reported locked(String owner, String agent, String lease) {
        database.sql("""
                        SELECT hash FROM calculation
                        WHERE hash = (SELECT calculation FROM attempt WHERE lease = :lease) FOR NO KEY UPDATE""").param("lease", lease).query(String.class).optional();
        database.sql("""
                        SELECT calculation FROM task
                        WHERE calculation = (SELECT calculation FROM attempt WHERE lease = :lease) FOR UPDATE""").param("lease", lease).query(String.class).optional();
        return database.sql("""
                        SELECT attempt.lease, calculation.hash, structure, method, calculation.state,
                            report, effect, coalesce(task.lease = attempt.lease, false) AS current
                        FROM attempt JOIN calculation ON calculation.hash = attempt.calculation
                        JOIN agent ON agent.id = attempt.agent
                        LEFT JOIN task ON task.calculation = attempt.calculation
                        WHERE attempt.lease = :lease AND agent.id = :agent AND agent.owner = :owner""")
                .param("owner", owner)
                .param("lease", lease)
                .param("agent", agent)
                .query((row, n) -> new Reported(
                        row.getString("lease"),
                        row.getString("hash"),
                        row.getString("structure"),
                        row.getString("method"),
                        row.getString("state"),
                        row.getString("report"),
                        row.getString("effect"),
                        row.getBoolean("current")))
                .optional()
                .orElseThrow(() -> new NothingThere("lease", lease));
    }

    private String good(Reported attempt, LeaseReport report) {
        List<Step> steps;
        try {
            steps = steps(attempt, report);
        } catch (InvalidStructureException e) {
            // It ended where atoms lie on top of each other: no result, and trying again would end there too.
            note(attempt, Outcome.FATAL_INPUT.word(), report, String.valueOf(e.getMessage()));
            if (attempt.open()) {
                closing.failed(attempt.calculation(), "the structure it ended in is refused: " + e.getMessage());
            }
            return "recorded";
        }
        Optional<Double> accepted = acceptedEnergy(attempt.calculation());
        String standing = accepted.isPresent() ? "duplicate" : "kept";
        keep(attempt, report, steps, standing, accepted.orElse(null));
        if (attempt.open()) {
            note(attempt, Outcome.SUCCESS.word(), report, null);
            closing.succeeded(attempt.calculation(), attempt.lease());
            return "accepted";
        }
        note(attempt, Outcome.DUPLICATE, report, null);
        return accepted.isPresent() ? "duplicate" : attempt.state().equals("cancelled") ? "kept-cancelled" : "recorded";
    }

    private Optional<Double> acceptedEnergy(String calculation) {
        return database.sql("SELECT energy FROM result WHERE calculation = :hash AND standing = 'accepted'")
                .param("hash", calculation)
                .query(Double.class)
                .optional();
    }

    private record Step(
            int index,
            Admitted structure,
            Label label,
            @Nullable Double spread) {}

    /**
     * The steps that become labels, by the method's own choice among those that were sent; the last one is final.
     *
     * @throws InvalidStructureException if atoms lie on top of each other
     * @throws InvalidInputException naming the part of a step that cannot be
     */
    private List<Step> steps(Reported attempt, LeaseReport report) {
        if (report.steps() == null || report.steps().isEmpty()) {
            throw new InvalidInputException("/steps", null, "is empty", "a success has at least its final step");
        }
        MethodRecord method = methods.record(new ContentId(ContentKind.METHOD, attempt.method()));
        List<LeaseReport.Step> chosen = LabelledSteps.of(method).among(report.steps());
        List<Step> steps = new ArrayList<>(chosen.size());
        for (LeaseReport.Step step : chosen) {
            steps.add(step(attempt, step, "/steps/" + report.steps().indexOf(step)));
        }
        boolean moved = !steps.getLast().structure().id().hash().equals(attempt.structure());
        if (method.kind().equals("static") && moved) {
            throw new InvalidInputException(
                    "/steps/0/structure",
                    steps.getLast().structure().id(),
                    "is not the structure of this static calculation",
                    "report the structure that the lease gave");
        }
        return steps;
    }

    private static Step step(Reported attempt, LeaseReport.Step step, String pointer) {
        try {
            Admitted structure = Admitted.of(StructureWire.structure(step.structure()));
            int atoms = structure.structure().size();
            double[] forces = StructureWire.numbers("/forces", step.forces(), atoms);
            double @Nullable [] stress =
                    step.stress() == null ? null : StructureWire.numbers("/stress", step.stress(), 3);
            requireFinite("/energy", step.energy());
            if (step.spread() != null) {
                requireFinite("/spread", step.spread());
            }
            ContentId method = new ContentId(ContentKind.METHOD, attempt.method());
            return new Step(
                    step.index(),
                    structure,
                    Label.of(structure.id(), method, step.energy(), forces, stress),
                    step.spread());
        } catch (InvalidInputException e) {
            throw e.within(pointer);
        }
    }

    private static void requireFinite(String pointer, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidInputException(pointer, value, "must be finite", "report a failure instead");
        }
    }

    private void keep(
            Reported attempt, LeaseReport report, List<Step> steps, String standing, @Nullable Double acceptedEnergy) {
        structures.keep(steps.stream().map(Step::structure).toList());
        ContentId calculation = new ContentId(ContentKind.CALCULATION, attempt.calculation());
        labels.keep(steps.stream()
                .map(step ->
                        new LabelStore.Sourced(step.label(), new LabelSource.Calculation(calculation, step.index())))
                .toList());
        Step last = steps.getLast();
        Double difference = acceptedEnergy == null ? null : last.label().energy() - acceptedEnergy;
        database.sql("""
                        INSERT INTO result (lease, calculation, standing, energy, energy_difference, converged,
                            evaluations, spread, final_structure, labels)
                        VALUES (:lease, :calculation, :standing, :energy, :difference, :converged,
                            :evaluations, :spread, :structure, :labels)
                        ON CONFLICT (lease) DO NOTHING""")
                .param("lease", attempt.lease())
                .param("calculation", attempt.calculation())
                .param("standing", standing)
                .param("energy", last.label().energy())
                .param("difference", difference, Types.DOUBLE)
                .param("converged", report.converged())
                .param("evaluations", report.evaluations())
                .param("spread", last.spread(), Types.DOUBLE)
                .param("structure", last.structure().id().hash())
                .param("labels", steps.stream().map(s -> s.label().id().hash()).toArray(String[]::new))
                .update();
    }

    /** An error is written down; only that of the current lease moves the calculation. */
    private String error(Reported attempt, Outcome outcome, LeaseReport report) {
        note(attempt, outcome.word(), report, null);
        if (!attempt.open() || !attempt.current()) {
            return "recorded";
        }
        switch (outcome) {
            case CONTINUE -> closing.ready(attempt.calculation(), 0);
            case RETRYABLE_CODE -> again(attempt, "code", queue.codeBudget(), report);
            // An agent that cancels on its own account is a machine that is not to be had just now.
            case RETRYABLE_INFRASTRUCTURE, CANCELLED ->
                again(attempt, "infrastructure", queue.infrastructureBudget(), report);
            case FATAL_INPUT -> closing.failed(attempt.calculation(), message(report, "the input cannot be computed"));
            case SUCCESS -> throw new IllegalStateException("a success is no error");
        }
        return "recorded";
    }

    private void again(Reported attempt, String kind, int budget, LeaseReport report) {
        int failures = database.sql("""
                        UPDATE calculation SET code = code + :code, infrastructure = infrastructure + :infrastructure
                        WHERE hash = :hash RETURNING CASE WHEN :code = 1 THEN code ELSE infrastructure END""")
                .param("code", kind.equals("code") ? 1 : 0)
                .param("infrastructure", kind.equals("code") ? 0 : 1)
                .param("hash", attempt.calculation())
                .query(Integer.class)
                .single();
        if (failures < budget) {
            closing.ready(attempt.calculation(), queue.pauseSeconds(failures));
        } else {
            closing.failed(
                    attempt.calculation(),
                    "%d attempts failed (%s): %s".formatted(failures, kind, message(report, "no message")));
        }
    }

    private static String message(LeaseReport report, String otherwise) {
        String message = report.message() == null ? otherwise : report.message();
        // The end of a log says what went wrong.
        return message.length() <= LONGEST_MESSAGE
                ? message
                : "…" + message.substring(message.length() - LONGEST_MESSAGE);
    }

    private void note(Reported attempt, String outcome, LeaseReport report, @Nullable String message) {
        database.sql("""
                        UPDATE attempt SET ended = now(), outcome = :outcome, message = :message, program = :program,
                            corrections = :corrections WHERE lease = :lease""")
                .param("outcome", outcome)
                .param(
                        "message",
                        message != null ? message : report.message() == null ? null : message(report, ""),
                        Types.VARCHAR)
                .param("program", report.program(), Types.VARCHAR)
                .param("corrections", texts(report.corrections()))
                .param("lease", attempt.lease())
                .update();
    }

    private static String[] texts(@Nullable List<String> texts) {
        return texts == null ? new String[0] : Arrays.copyOf(texts.toArray(), texts.size(), String[].class);
    }
}
