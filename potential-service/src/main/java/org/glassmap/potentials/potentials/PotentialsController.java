package org.glassmap.potentials.potentials;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.potentials.Comparison;
import org.glassmap.contract.potentials.ComparisonRequest;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.potentials.PotentialsApi;
import org.glassmap.contract.potentials.Prediction;
import org.glassmap.contract.potentials.PredictionRequest;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.learning.AngularConvention;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PotentialsController implements PotentialsApi {

    private final Potentials potentials;
    private final PotentialImport imports;
    private final RequestedStructures requested;
    private final PredictionStream stream;
    private final Comparisons comparisons;

    PotentialsController(
            Potentials potentials,
            PotentialImport imports,
            RequestedStructures requested,
            PredictionStream stream,
            Comparisons comparisons) {
        this.potentials = potentials;
        this.imports = imports;
        this.requested = requested;
        this.stream = stream;
        this.comparisons = comparisons;
    }

    @Override
    public PotentialRecord get(String id) {
        return potentials.record(Caller.current().requireProject(), id);
    }

    @Override
    public Page<PotentialRecord> list(@Nullable String cursor, @Nullable Integer limit) {
        return potentials.list(Caller.current().requireProject(), cursor, limit);
    }

    @PostMapping(path = "/v1/potentials", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<PotentialRecord> post(
            HttpServletRequest request, @RequestParam(name = "aenet", required = false) @Nullable String aenetVersion)
            throws IOException {
        Caller caller = Caller.current();
        PotentialRecord record = imports.take(
                caller.requireProject(), caller.user(), request.getInputStream(), convention(aenetVersion));
        return ResponseEntity.created(URI.create("/v1/potentials/" + record.id()))
                .body(record);
    }

    @Override
    public List<Prediction> predict(
            String id, @Nullable String quantities, @Nullable Double maximumGrade, PredictionRequest request) {
        Potentials.Graded potential = graded(id);
        double maximum = RequestedStructures.maximumGrade(potential, maximumGrade, "maximumGrade");
        return requested.predict(potential, Quantity.asked(quantities), maximum, request);
    }

    @Override
    public Comparison compare(String id, ComparisonRequest request) {
        return comparisons.compare(id, request);
    }

    @PostMapping(
            path = "/v1/potentials/{id}/predictions",
            consumes = {PredictionStream.EXTENDED_XYZ, PredictionStream.EXTENDED_XYZ_TOO, PredictionStream.ND_JSON},
            produces = PredictionStream.ND_JSON)
    void predictToLines(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String quantities,
            @RequestParam(required = false) @Nullable Double maximumGrade,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        stream.toLines(predictions(id, quantities, maximumGrade), request, response);
    }

    @PostMapping(
            path = "/v1/potentials/{id}/predictions",
            consumes = {PredictionStream.EXTENDED_XYZ, PredictionStream.EXTENDED_XYZ_TOO, PredictionStream.ND_JSON},
            produces = {PredictionStream.EXTENDED_XYZ, PredictionStream.EXTENDED_XYZ_TOO})
    void predictToFrames(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String quantities,
            @RequestParam(required = false) @Nullable Double maximumGrade,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Quantity.requireInFrames(Quantity.asked(quantities));
        stream.toFrames(predictions(id, quantities, maximumGrade), request, response);
    }

    private Supplier<Predictions> predictions(String id, @Nullable String quantities, @Nullable Double maximumGrade) {
        Potentials.Graded potential = graded(id);
        double maximum = RequestedStructures.maximumGrade(potential, maximumGrade, "maximumGrade");
        Set<Quantity> asked = Quantity.asked(quantities);
        return () -> new Predictions(potential, asked, maximum);
    }

    /** Up to 2.0.3 ænet's angular argument was another; its files do not say which version made them. */
    private static AngularConvention convention(@Nullable String aenetVersion) {
        return switch (aenetVersion == null ? "2.0.4" : aenetVersion) {
            case "2.0.4" -> AngularConvention.COSINE;
            case "2.0.3" -> AngularConvention.COSINE_TAKEN_FOR_ANGLE;
            default ->
                throw ProblemException.of(
                                RequestProblem.INVALID_REQUEST, "A parameter has a value that is not possible.")
                        .with(ProblemError.inParameter("aenet", "must be 2.0.4 (and later) or 2.0.3 (and earlier)")
                                .withValue(aenetVersion));
        };
    }

    private Potentials.Graded graded(String id) {
        Caller caller = Caller.current();
        return potentials.graded(caller.requireProject(), caller.user(), id);
    }
}
