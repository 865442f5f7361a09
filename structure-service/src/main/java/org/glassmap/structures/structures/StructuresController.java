package org.glassmap.structures.structures;

import java.util.Arrays;
import java.util.List;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructureSummary;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StructuresController implements StructuresApi {

    private final StructureStore structures;
    private final Sight sight;

    StructuresController(StructureStore structures, Sight sight) {
        this.structures = structures;
        this.sight = sight;
    }

    @Override
    public StructureSummary post(StructureDocument document) {
        Admitted structure = StructureWire.admitted(document);
        structures.insert(sight.owner(), List.of(structure), "post");
        return structures.summary(structure.id());
    }

    @Override
    public StructureDocument document(String id) {
        return StructureWire.document(
                structures.structure(sight.resolve(ContentKind.STRUCTURE, id).hash()));
    }

    @Override
    public StructureSummary summary(String id) {
        return structures.summary(sight.resolve(ContentKind.STRUCTURE, id));
    }

    @Override
    public Page<StructureSummary> list(
            @Nullable String formula, @Nullable String elements, @Nullable String cursor, @Nullable Integer limit) {
        @Nullable Composition composition = formula == null ? null : Formula.composition(formula);
        return structures.list(sight.project(), composition, elements(elements), Cursor.of(cursor, limit));
    }

    private static List<Species> elements(@Nullable String symbols) {
        if (symbols == null) {
            return List.of();
        }
        try {
            return Arrays.stream(symbols.split(",", -1))
                    .map(symbol -> Species.of(symbol.strip()))
                    .toList();
        } catch (InvalidStructureException e) {
            throw new InvalidInputException(
                    "elements", symbols, "holds what is no element", "write symbols with commas between: 'Li,P,S'");
        }
    }
}
