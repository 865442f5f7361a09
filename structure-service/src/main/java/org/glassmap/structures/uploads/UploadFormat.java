package org.glassmap.structures.uploads;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.formats.AseJson;
import org.glassmap.core.formats.Cif;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.FormatException;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.core.formats.Outcar;
import org.glassmap.core.formats.Poscar;
import org.glassmap.core.formats.PymatgenJson;
import org.glassmap.core.formats.VaspOutput;
import org.glassmap.core.formats.VaspStep;
import org.glassmap.core.formats.Vasprun;
import org.glassmap.core.formats.Xsf;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Formats of files that are taken, by their media types. Each may be compressed with gzip as it is. */
public enum UploadFormat {
    ND_JSON("application/x-ndjson", "application/ndjson") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return new JsonLines(in, json);
        }
    },
    EXTENDED_XYZ("chemical/x-extxyz", "application/x-extxyz") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return ExtendedXyz.reader(in);
        }
    },
    PYMATGEN("application/x-pymatgen+json") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return PymatgenJson.reader(in);
        }
    },
    ASE("application/x-ase+json") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return AseJson.reader(in);
        }
    },
    POSCAR("chemical/x-poscar", "chemical/x-vasp-poscar") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return new Single(in, content -> Frame.of(Poscar.read(content)));
        }
    },
    CIF("chemical/x-cif") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return Cif.reader(in);
        }
    },
    XSF("chemical/x-xsf", "chemical/x-xcrysden-structure") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return new Single(in, Xsf::read);
        }
    },
    /** XSF files in a tar or zip. */
    XSF_ARCHIVE("application/x-tar", "application/gzip", "application/x-gzip", "application/zip") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) {
            return Xsf.archive(in);
        }
    },
    /** The converged steps of a run; the energy is the one that the forces belong to. */
    VASPRUN("application/x-vasprun+xml", "application/xml") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) throws IOException {
            return vasp(in, Vasprun::open);
        }
    },
    /** The same with fewer digits. */
    OUTCAR("application/x-vasp-outcar", "chemical/x-vasp-outcar") {
        @Override
        FrameReader open(InputStream in, JsonFrame json) throws IOException {
            return vasp(in, Outcar::open);
        }
    };

    /** With commas between. */
    private final String mediaTypes;

    UploadFormat(String... mediaTypes) {
        this.mediaTypes = String.join(", ", mediaTypes);
    }

    abstract FrameReader open(InputStream in, JsonFrame json) throws IOException;

    /** How an output of VASP is opened; its head is read at once. */
    private interface Opening {
        VaspOutput open(InputStream in) throws IOException;
    }

    private static FrameReader vasp(InputStream in, Opening opening) throws IOException {
        try {
            return opening.open(in).frames(VaspStep.Choice.OF_LABELS);
        } catch (FormatException e) {
            return new Single(in, content -> {
                throw e;
            });
        }
    }

    /**
     * The format of a body.
     *
     * @throws ProblemException if none is of that type
     */
    public static UploadFormat of(@Nullable String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
            for (UploadFormat format : values()) {
                if (MediaType.parseMediaTypes(format.mediaTypes).stream().anyMatch(type::equalsTypeAndSubtype)) {
                    return format;
                }
            }
        } catch (InvalidMediaTypeException e) {
            // told below, with all the types there are
        }
        throw ProblemException.of(
                RequestProblem.UNSUPPORTED_MEDIA_TYPE,
                "The body is told to be %s; with curl, -H 'Content-Type: …' says what it is. Read here: application/json, "
                                .formatted(contentType == null ? "nothing" : contentType)
                        + Arrays.stream(values())
                                .map(format -> format.mediaTypes)
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    /** A file that holds one frame. */
    private static final class Single implements FrameReader {

        /** How it is read. */
        interface Reading {
            Frame read(InputStream in) throws IOException;
        }

        private final InputStream in;
        private final Reading reading;
        private boolean done;

        Single(InputStream in, Reading reading) {
            this.in = new BufferedInputStream(in);
            this.reading = reading;
        }

        @Override
        public Optional<FrameOutcome> next() throws IOException {
            if (done) {
                return Optional.empty();
            }
            done = true;
            try {
                return Optional.of(new FrameOutcome.Read(reading.read(in)));
            } catch (FormatException e) {
                return Optional.of(new FrameOutcome.Refused(e));
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
