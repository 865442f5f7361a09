package org.glassmap.worker.engines.potential;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.PotentialFileException;
import org.glassmap.worker.engines.UnfitInputException;

/** Reads potential documents of the core. */
public final class PotentialFiles implements StoredPotentials.Reader {

    @Override
    public Potential read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return PotentialDocument.read(in).potential();
        } catch (PotentialFileException e) {
            throw new UnfitInputException("%s is no potential: %s".formatted(file.getFileName(), e.getMessage()), e);
        }
    }
}
