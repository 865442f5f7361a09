package org.glassmap.structures.datasets;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.glassmap.contract.datasets.DatasetRequest;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.pages.Page;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DatasetsController implements DatasetsApi {

    private static final int BUFFER = 1 << 16;

    private final DatasetStore datasets;
    private final DatasetFrames frames;
    private final Sight sight;

    DatasetsController(DatasetStore datasets, DatasetFrames frames, Sight sight) {
        this.datasets = datasets;
        this.frames = frames;
        this.sight = sight;
    }

    @Override
    public DatasetVersion post(String name, DatasetRequest request) {
        return datasets.insert(sight.owner(), name, request.labels());
    }

    @Override
    public DatasetVersion get(String dataset) {
        return datasets.find(sight.project(), dataset);
    }

    @Override
    public Page<DatasetVersion> list(@Nullable String cursor, @Nullable Integer limit) {
        return datasets.list(sight.project(), Cursor.of(cursor, limit));
    }

    /** All frames as extended XYZ, streamed. */
    @GetMapping("/v1/datasets/{dataset}/frames")
    void frames(@PathVariable String dataset, HttpServletResponse response) throws IOException {
        String project = sight.project();
        ContentId id = ContentId.read(
                ContentKind.DATASET, "dataset", datasets.find(project, dataset).id());
        response.setContentType("chemical/x-extxyz");
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), BUFFER)) {
            frames.write(project, id.hash(), out);
        }
    }
}
