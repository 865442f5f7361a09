package org.glassmap.potentials.potentials;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import org.glassmap.core.learning.AngularConvention;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.PotentialFileException;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes potentials that were made elsewhere: a document of ours, or ænet's files, one per
 * species in a zip, or a single one. Whatever
 * came, what is kept is the document: its hash is the id.
 */
@Component
class PotentialImport {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /** What a zip may hold beside potentials: the lines that an export of ours adds. */
    private static final String NOTE = ".txt";

    private final Potentials potentials;

    PotentialImport(Potentials potentials) {
        this.potentials = potentials;
    }

    /** @throws ProblemException if the bytes are no potential, or more than one may have */
    PotentialRecord take(ProjectId project, String user, InputStream in, AngularConvention convention)
            throws IOException {
        byte[] bytes = limited(in, PotentialDocument.MAX_BYTES);
        boolean zip = startsWith(bytes, ZIP);
        boolean ours = startsWith(bytes, "glassmap-".getBytes(StandardCharsets.US_ASCII));
        PotentialDocument document = zip
                ? ofZip(bytes, convention)
                : ours ? ofOurs(bytes) : together(List.of(ofAenet(null, bytes, convention)));
        String id = potentials.file(project, user, document);
        potentials.keep(project, document, new Origin.Import(user, ours ? "document" : imported(convention)));
        return potentials.record(project, id);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    private static String imported(AngularConvention convention) {
        return convention == AngularConvention.COSINE ? "aenet" : "aenet-2.0.3";
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

    private static PotentialDocument ofZip(byte[] zip, AngularConvention convention) {
        List<AenetPotential> files = new ArrayList<>();
        int left = PotentialDocument.MAX_BYTES; // of all entries together, whatever the zip says of their sizes
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                byte[] file = limited(entries, left);
                left -= file.length;
                if (!entry.isDirectory() && !entry.getName().endsWith(NOTE)) {
                    requireNotTooMany(entry.getName(), files.size());
                    files.add(ofAenet(entry.getName(), file, convention));
                }
            }
        } catch (IOException e) { // reading memory: only what it says can be wrong
            throw refused("the zip", e);
        }
        return together(files);
    }

    private static PotentialDocument together(List<AenetPotential> files) {
        try {
            return PotentialDocument.of(AenetPotential.together(files));
        } catch (IllegalArgumentException e) {
            throw refused("the files together", e);
        }
    }

    private static void requireNotTooMany(String name, int before) {
        if (before == Species.values().length) {
            throw refused(name, new IllegalArgumentException("more files than there are elements"));
        }
    }

    private static AenetPotential ofAenet(@Nullable String name, byte[] file, AngularConvention convention) {
        AenetPotential potential;
        try {
            potential = AenetPotentialFile.read(file, convention);
        } catch (PotentialFileException e) {
            throw refused(name, e);
        }
        if (name != null) {
            requireNamedAfter(potential.network().species(), name);
        }
        return potential;
    }

    /** ænet and LAMMPS go by the name, {@code Li.nn}: a file of another species under it is a mix-up. */
    private static void requireNamedAfter(Species species, String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        String first = file.contains(".") ? file.substring(0, file.indexOf('.')) : "";
        boolean another = Arrays.stream(Species.values())
                .anyMatch(known -> known != species && known.symbol().equals(first));
        if (another) {
            throw refused(
                    name,
                    new IllegalArgumentException(
                            "the file holds the network of %s; rename one of them".formatted(species)));
        }
    }

    private static ProblemException refused(@Nullable String entry, Exception e) {
        String reason = String.valueOf(e.getMessage());
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "The file is no potential that can be read.")
                .with(
                        ProblemError.of(entry == null ? reason : entry + ": " + reason)
                                .withRemedy(
                                        "send a document of Glassmap's, or a zip of ænet's files, one per species (Li.nn, P.nn, …)"));
    }
}
