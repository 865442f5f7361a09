package org.glassmap.structures.methods;

import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.pages.Page;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MethodsController implements MethodsApi {

    private final MethodStore methods;
    private final Sight sight;

    MethodsController(MethodStore methods, Sight sight) {
        this.methods = methods;
        this.sight = sight;
    }

    @Override
    public MethodRecord post(MethodDocument method) {
        return methods.insert(sight.owner(), method);
    }

    @Override
    public MethodRecord get(String id) {
        return methods.record(sight.resolve(ContentKind.METHOD, id));
    }

    @Override
    public Page<MethodRecord> list(@Nullable String cursor, @Nullable Integer limit) {
        return methods.list(sight.project(), Cursor.of(cursor, limit));
    }
}
