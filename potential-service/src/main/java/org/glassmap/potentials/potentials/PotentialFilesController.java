package org.glassmap.potentials.potentials;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.learning.LammpsExport;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A potential as ænet's files by name, and what to tell LAMMPS of them. */
@RestController
class PotentialFilesController {

    static final String LINES = "lammps.txt";
    private static final String ZIP = "application/zip";

    /** The same potential is the same zip. */
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Potentials potentials;

    PotentialFilesController(Potentials potentials) {
        this.potentials = potentials;
    }

    /** The zip, unless text is all that is accepted. */
    @GetMapping(
            path = "/v1/potentials/{id}/files",
            produces = {ZIP, MediaType.TEXT_PLAIN_VALUE})
    ResponseEntity<byte[]> files(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer member,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        NetworkPotential potential = member(id, member);
        Map<String, byte[]> files = exported(potential);
        String lines = LammpsExport.lines(potential);
        MediaType zip = MediaType.parseMediaType(ZIP);
        if (accept != null
                && MediaType.parseMediaTypes(accept).stream().noneMatch(accepted -> accepted.includes(zip))) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(lines.getBytes(StandardCharsets.UTF_8));
        }
        return ResponseEntity.ok()
                .contentType(zip)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"potential.zip\"")
                .body(zip(files, lines));
    }

    private NetworkPotential member(String id, @Nullable Integer number) {
        Caller caller = Caller.current();
        List<NetworkPotential> members =
                potentials.learnt(caller.requireProject(), caller.user(), id).members();
        if (number == null && members.size() > 1) {
            throw refused("ænet's files hold one member; this committee has " + members.size(), null, "name a member");
        }
        if (number != null && (number < 1 || number > members.size())) {
            throw refused("must be 1 to " + members.size(), number.toString(), "name a member there is");
        }
        return members.get(number == null ? 0 : number - 1);
    }

    private static Map<String, byte[]> exported(NetworkPotential potential) {
        try {
            return LammpsExport.files(potential);
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "The potential cannot be written for ænet.")
                    .with(ProblemError.of(String.valueOf(e.getMessage()))
                            .withRemedy("take the document, artifacts/{id}, which holds every potential"));
        }
    }

    private static byte[] zip(Map<String, byte[]> files, String lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
            put(zip, LINES, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ANY_TIME);
        zip.putNextEntry(entry);
        zip.write(file);
    }

    private static ProblemException refused(String detail, @Nullable String value, String remedy) {
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "A parameter has a value that is not possible.")
                .with(ProblemError.inParameter("member", detail)
                        .withValue(value)
                        .withRemedy(remedy));
    }
}
