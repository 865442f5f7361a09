package org.glassmap.potentials.peers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.support.ids.Sha256;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;

/** The structure-service, on behalf of one project. */
public final class StructureStore {

    private final DatasetsApi datasets;
    private final StructuresApi structures;
    private final RestClient files;

    StructureStore(DatasetsApi datasets, StructuresApi structures, RestClient files) {
        this.datasets = datasets;
        this.structures = structures;
        this.files = files;
    }

    /** @param dataset an id, {@code name@version}, or a name for its newest version */
    public DatasetVersion dataset(String dataset) {
        return datasets.get(dataset);
    }

    /** What is made of the bytes of an answer while they stream in. */
    public interface BodyReader<T> {
        T read(InputStream in) throws IOException;
    }

    /** The labelled frames of a version as extended XYZ, streamed to the reader.
     *
     * @throws ResourceAccessException if the stream ends in the middle
     */
    public <T> T frames(String datasetId, BodyReader<T> reader) {
        return streamed("/v1/datasets/{id}/frames", datasetId, reader);
    }

    /** Every labelled frame of a version, one after the other, each with an energy.
     *
     * @throws IllegalStateException if one cannot be read or has none: the structure-service admits no such label
     */
    public void eachFrame(String datasetId, Consumer<Frame> taker) {
        frames(datasetId, in -> {
            int number = 0;
            try (FrameReader reader = ExtendedXyz.reader(in)) {
                for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
                    number++;
                    if (!(next.get() instanceof FrameOutcome.Read(Frame frame))
                            || frame.energy().isEmpty()) {
                        throw new IllegalStateException(
                                "frame %d of %s cannot be read or has no energy".formatted(number, datasetId));
                    }
                    taker.accept(frame);
                }
            }
            return number;
        });
    }

    /** @throws InvalidStructureException if what came cannot be one */
    public Structure structure(String id) {
        return WireStructure.read(structures.document(id));
    }

    /** Stores a file; it may be there already.
     *
     * @return its id
     */
    public String putArtifact(byte[] bytes) {
        String hash = Sha256.of(bytes);
        files.put()
                .uri("/v1/artifacts/{sha256}", hash)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(bytes)
                .retrieve()
                .toBodilessEntity();
        return "artifact-" + hash;
    }

    /** A file in full.
     *
     * @param id {@code artifact-<sha-256>}, which the bytes are held against
     * @param limit bytes
     * @throws IllegalStateException if it is longer
     */
    public byte[] artifact(String id, int limit) {
        return streamed("/v1/artifacts/{id}", id, in -> {
            byte[] bytes = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new IllegalStateException("%s is longer than %d bytes".formatted(id, limit));
            }
            if (!id.equals("artifact-" + Sha256.of(bytes))) {
                throw new IOException("the bytes that came are not those that the id names");
            }
            return bytes;
        });
    }

    private <T> T streamed(String path, String id, BodyReader<T> reader) {
        return Objects.requireNonNull(files.get().uri(path, id).exchange((request, response) -> {
            if (response.getStatusCode().isError()) {
                throw new RemoteProblemException(problem(response));
            }
            return reader.read(response.getBody());
        }));
    }

    private static ProblemDocument problem(ConvertibleClientHttpResponse response) throws IOException {
        @Nullable MediaType type = response.getHeaders().getContentType();
        @Nullable
        ProblemDocument document = type != null && type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                ? response.bodyTo(ProblemDocument.class)
                : null;
        if (document == null) {
            throw new IOException(
                    "the structure-service answered %s without saying why".formatted(response.getStatusCode()));
        }
        return document;
    }
}
