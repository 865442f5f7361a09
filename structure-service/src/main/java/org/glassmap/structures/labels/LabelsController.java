package org.glassmap.structures.labels;

import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.contract.labels.LabelsApi;
import org.glassmap.contract.pages.Page;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LabelsController implements LabelsApi {

    private final LabelRecords labels;
    private final Sight sight;

    LabelsController(LabelRecords labels, Sight sight) {
        this.labels = labels;
        this.sight = sight;
    }

    @Override
    public LabelRecord get(String id) {
        return labels.record(sight.project(), sight.resolve(ContentKind.LABEL, id));
    }

    @Override
    public Page<LabelRecord> list(
            @Nullable String method, @Nullable String structure, @Nullable String cursor, @Nullable Integer limit) {
        @Nullable ContentId ofMethod = method == null ? null : sight.resolve(ContentKind.METHOD, method);
        @Nullable ContentId ofStructure = structure == null ? null : sight.resolve(ContentKind.STRUCTURE, structure);
        return labels.list(sight.project(), ofMethod, ofStructure, Cursor.of(cursor, limit));
    }
}
