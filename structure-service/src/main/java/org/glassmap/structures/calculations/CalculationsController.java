package org.glassmap.structures.calculations;

import java.time.Duration;
import java.util.List;
import org.glassmap.contract.calculations.AttemptRecord;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.calculations.RequeueRequest;
import org.glassmap.contract.calculations.WaitingReason;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Sight;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.waiting.Patience;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CalculationsController implements CalculationsApi {

    private final Calculations calculations;
    private final CalculationRecords records;
    private final Batches batches;
    private final WaitingReasons reasons;
    private final Sight sight;
    private final Bell arrivals;
    private final Bell endings;

    CalculationsController(
            Calculations calculations,
            CalculationRecords records,
            Batches batches,
            WaitingReasons reasons,
            Sight sight,
            Bell arrivals,
            Bell endings) {
        this.calculations = calculations;
        this.records = records;
        this.batches = batches;
        this.reasons = reasons;
        this.sight = sight;
        this.arrivals = arrivals;
        this.endings = endings;
    }

    private ContentId calculation(String id) {
        return sight.resolve(ContentKind.CALCULATION, id);
    }

    @Override
    public CalculationRecord post(CalculationRequest request) {
        Calculations.Wish wish = new Calculations.Wish(List.of(request), List.of(), 0);
        ContentId id = calculations.ask(sight.owner(), wish, "").getFirst();
        arrivals.ring();
        return records.record(id);
    }

    @Override
    public CalculationRecord get(String id, @Nullable String wait) {
        ContentId calculation = calculation(id);
        return endings.await(
                Patience.of(wait),
                () -> records.record(calculation),
                record -> record.state().ended());
    }

    @Override
    public List<AttemptRecord> attempts(String id) {
        return records.attempts(calculation(id));
    }

    @Override
    public WaitingReason waitingReason(String id) {
        return reasons.reason(calculation(id));
    }

    @Override
    public CalculationRecord cancel(String id) {
        ContentId calculation = calculation(id);
        calculations.withdraw(sight.project(), calculation);
        endings.ring();
        return records.record(calculation);
    }

    @Override
    public CalculationRecord requeue(String id, RequeueRequest request) {
        ContentId calculation = calculation(id);
        if (request.reason() == null
                || request.reason().isBlank()
                || request.reason().length() > 1000) {
            throw new InvalidInputException(
                    "/reason", request.reason(), "is missing or too long", "say how you know that nothing is running");
        }
        if (!calculations.requeue(
                sight.project(), calculation, "%s: %s".formatted(sight.owner().maker(), request.reason()))) {
            throw ProblemException.of(
                    RequestProblem.CONFLICT,
                    "It is %s.".formatted(reasons.reason(calculation).reason()));
        }
        arrivals.ring();
        endings.ring();
        return records.record(calculation);
    }

    @Override
    public BatchRecord postBatch(String idempotencyKey, BatchRequest request) {
        String id = batches.make(sight.owner(), idempotencyKey, request);
        arrivals.ring();
        return batches.record(sight.project(), id);
    }

    @Override
    public BatchRecord batch(String id, @Nullable String wait) {
        String project = sight.project();
        Duration patience = Patience.of(wait);
        BatchRecord now = batches.record(project, id);
        if (now.ended() || patience.isZero()) {
            return now;
        }
        endings.await(patience, () -> batches.ended(id), ended -> ended);
        return batches.record(project, id);
    }

    @Override
    public Page<CalculationRecord> batchCalculations(String id, @Nullable String cursor, @Nullable Integer limit) {
        batches.record(sight.project(), id);
        return records.ofBatch(id, Cursor.of(cursor, limit));
    }
}
