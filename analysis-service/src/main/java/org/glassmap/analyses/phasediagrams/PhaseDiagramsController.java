package org.glassmap.analyses.phasediagrams;

import org.glassmap.analyses.figures.Drawing;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRequest;
import org.glassmap.contract.phasediagrams.PhaseDiagramsApi;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.ids.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PhaseDiagramsController implements PhaseDiagramsApi {

    private static final String SVG = "image/svg+xml";
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    /** Pixels for each unit of the drawing: 2000 across, 300 dots per inch at 17 cm. */
    private static final double PNG_SCALE = 2;

    private final PhaseDiagrams diagrams;

    PhaseDiagramsController(PhaseDiagrams diagrams) {
        this.diagrams = diagrams;
    }

    @Override
    public PhaseDiagramRecord post(String idempotencyKey, PhaseDiagramRequest request) {
        Caller caller = Caller.current();
        return diagrams.make(idempotencyKey, request, caller.requireProject(), caller.user());
    }

    @Override
    public PhaseDiagramRecord get(String id) {
        return diagrams.get(id, Caller.current().requireProject());
    }

    @Override
    public Page<PhaseDiagramRecord> list(@Nullable String cursor, @Nullable Integer limit) {
        int most = limit == null ? PAGE : limit;
        if (most < 1 || most > LARGEST_PAGE) {
            throw DiagramSources.invalid("/limit", "limit must lie in 1..%d, got %d".formatted(LARGEST_PAGE, most));
        }
        return diagrams.page(Caller.current().requireProject(), cursor, most);
    }

    @GetMapping(path = "/v1/phase-diagrams/{id}", produces = SVG)
    ResponseEntity<byte[]> svg(@PathVariable String id) {
        return picture(SVG, drawing(id).svg());
    }

    @GetMapping(path = "/v1/phase-diagrams/{id}", produces = MediaType.IMAGE_PNG_VALUE)
    ResponseEntity<byte[]> png(@PathVariable String id) {
        return picture(MediaType.IMAGE_PNG_VALUE, drawing(id).png(PNG_SCALE));
    }

    @GetMapping(path = "/v1/phase-diagrams/{id}", params = "format=svg")
    ResponseEntity<byte[]> svgByParameter(@PathVariable String id) {
        return svg(id);
    }

    @GetMapping(path = "/v1/phase-diagrams/{id}", params = "format=png")
    ResponseEntity<byte[]> pngByParameter(@PathVariable String id) {
        return png(id);
    }

    private Drawing drawing(String id) {
        return PhaseDiagramFigure.of(get(id));
    }

    private static ResponseEntity<byte[]> picture(String type, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .eTag("\"" + Sha256.of(bytes) + "\"")
                .body(bytes);
    }
}
