package org.glassmap.structures.artifacts;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.glassmap.contract.artifacts.ArtifactRecord;
import org.glassmap.contract.artifacts.ArtifactsApi;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Owner;
import org.glassmap.structures.contents.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ArtifactsController implements ArtifactsApi {

    private final ArtifactFiles files;
    private final ArtifactStore artifacts;
    private final Sight sight;

    ArtifactsController(ArtifactFiles files, ArtifactStore artifacts, Sight sight) {
        this.files = files;
        this.artifacts = artifacts;
        this.sight = sight;
    }

    @Override
    public ArtifactRecord record(String id) {
        return artifacts.record(sight.resolve(ContentKind.ARTIFACT, id));
    }

    /** Streamed to the disk; repeatable. */
    @PutMapping("/v1/artifacts/{sha256}")
    ArtifactRecord put(@PathVariable String sha256, HttpServletRequest request) throws IOException {
        ContentId id = ContentId.read(
                ContentKind.ARTIFACT, "sha256", sha256.startsWith("artifact-") ? sha256 : "artifact-" + sha256);
        Owner owner = sight.owner();
        MediaType type = mediaType(request.getContentType());
        long bytes = files.keep(id.hash(), request.getInputStream());
        return artifacts.note(owner, id, bytes, type.toString());
    }

    private static MediaType mediaType(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
        try {
            return MediaType.parseMediaType(given);
        } catch (InvalidMediaTypeException e) {
            throw new InvalidInputException("Content-Type", given, "is no media type", "leave it out if in doubt");
        }
    }

    /** Streamed from the disk; the framework cuts out what a {@code Range} asks for. */
    @GetMapping("/v1/artifacts/{id}")
    ResponseEntity<Resource> get(@PathVariable String id, @RequestHeader HttpHeaders headers) {
        ContentId artifact = sight.resolve(ContentKind.ARTIFACT, id);
        ArtifactRecord record = artifacts.record(artifact);
        Resource file = new FileSystemResource(files.path(artifact.hash()));
        if (!hasParts(file, headers)) { // the framework would send all of it with that status
            return ResponseEntity.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header(HttpHeaders.CONTENT_RANGE, "bytes */" + record.bytes())
                    .build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(record.mediaType()))
                .eTag("\"%s\"".formatted(artifact.hash()))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(file);
    }

    private static boolean hasParts(Resource file, HttpHeaders asked) {
        try {
            HttpRange.toResourceRegions(asked.getRange(), file);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
