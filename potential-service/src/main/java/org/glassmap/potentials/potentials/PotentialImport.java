package org.glassmap.potentials.potentials;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.AenetPotential;
import org.glassmap.core.learning.AenetPotentialFile;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.PotentialFileException;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes potentials that were made elsewhere: a document of ours, or ænet's files, one per species in a zip. Whatever
 * came, what is kept is the document: its hash is the id.
 */
@Component
class PotentialImport {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final Potentials potentials;

    PotentialImport(Potentials potentials) {
        this.potentials = potentials;
    }

    /** @throws ProblemException if the bytes are no potential, or more than one may have */
    PotentialRecord take(ProjectId project, String user, InputStream in) throws IOException {
        byte[] bytes = limited(in, PotentialDocument.MAX_BYTES);
        boolean zip = bytes.length > ZIP.length && Arrays.equals(bytes, 0, ZIP.length, ZIP, 0, ZIP.length);
        PotentialDocument document = zip ? ofAenet(bytes) : ofOurs(bytes);
        String id = potentials.file(project, user, document);
        potentials.keep(project, document, new Origin.Import(user, zip ? "aenet" : "document"));
        return potentials.record(project, id);
    }

    private static byte[] limited(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            throw ProblemException.of(
                    RequestProblem.TOO_LARGE,
                    "A potential has at most %d bytes.".formatted(PotentialDocument.MAX_BYTES));
        }
        return bytes;
    }

    private static PotentialDocument ofOurs(byte[] bytes) {
        try {
            return PotentialDocument.read(bytes);
        } catch (PotentialFileException e) {
            throw refused(null, e);
        }
    }

    private static PotentialDocument ofAenet(byte[] zip) {
        List<AenetPotential> files = new ArrayList<>();
        int left = PotentialDocument.MAX_BYTES; // of all entries together, whatever the zip says of their sizes
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!entry.isDirectory()) {
                    byte[] file = limited(entries, left);
                    left -= file.length;
                    files.add(ofAenet(entry.getName(), file, files.size()));
                }
            }
        } catch (IOException e) { // reading memory: only what it says can be wrong
            throw refused("the zip", e);
        }
        try {
            return PotentialDocument.of(AenetPotential.together(files));
        } catch (IllegalArgumentException e) {
            throw refused("the files together", e);
        }
    }

    private static AenetPotential ofAenet(String name, byte[] file, int before) {
        if (before == Species.values().length) {
            throw refused(name, new IllegalArgumentException("more files than there are elements"));
        }
        try {
            return AenetPotentialFile.read(file);
        } catch (PotentialFileException e) {
            throw refused(name, e);
        }
    }

    private static ProblemException refused(@Nullable String entry, Exception e) {
        String reason = String.valueOf(e.getMessage());
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "The file is no potential that can be read.")
                .with(ProblemError.of(entry == null ? reason : entry + ": " + reason)
                        .withRemedy("send a document of Glassmap's, or a zip of ænet's files, one per species"));
    }
}
