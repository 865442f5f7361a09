package org.glassmap.structures.structures;

import java.util.List;
import java.util.Optional;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Structure;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.jspecify.annotations.Nullable;

/**
 * A structure that may be kept: no two atoms are one on top of the other.
 *
 * @param warning what is odd about it; null where nothing is
 */
public record Admitted(
        ContentId id, Structure structure, @Nullable String warning) {

    /**
     * Looks at a structure.
     *
     * @throws InvalidStructureException if atoms are closer than {@link Proximity#REFUSED_BELOW}
     */
    public static Admitted of(Structure structure) {
        Optional<Proximity.Contact> contact = Proximity.requireApart(structure);
        return new Admitted(
                new ContentId(ContentKind.STRUCTURE, structure.hash()),
                structure,
                contact.map(Proximity::warning).orElse(null));
    }

    public List<String> warnings() {
        return warning == null ? List.of() : List.of(warning);
    }
}
