package org.glassmap.structures.structures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.AseJson;
import org.glassmap.core.formats.Cif;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.Poscar;
import org.glassmap.core.formats.PymatgenJson;
import org.glassmap.core.formats.VaspOrder;
import org.glassmap.core.formats.Xsf;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Sight;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Structures as files, in the format that {@code Accept} chooses. */
@RestController
class StructureFiles {

    private final StructureStore structures;
    private final Sight sight;

    StructureFiles(StructureStore structures, Sight sight) {
        this.structures = structures;
        this.sight = sight;
    }

    /** How a format is written. */
    private interface Writing {
        void write(ContentId id, Structure structure, StringBuilder out) throws IOException;
    }

    private ResponseEntity<byte[]> file(String id, String mediaType, Writing writing) throws IOException {
        ContentId structure = sight.resolve(ContentKind.STRUCTURE, id);
        StringBuilder text = new StringBuilder();
        writing.write(structure, structures.structure(structure.hash()), text);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(mediaType))
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping(
            path = "/v1/structures/{id}",
            produces = {"chemical/x-extxyz", "application/x-extxyz"})
    ResponseEntity<byte[]> extendedXyz(@PathVariable String id) throws IOException {
        return file(
                id,
                "chemical/x-extxyz",
                (content, structure, out) ->
                        ExtendedXyz.write(Frame.of(structure).withMetadata("structure", content.toString()), out));
    }

    /** Atoms come grouped by species, as POSCAR wants them. */
    @GetMapping(
            path = "/v1/structures/{id}",
            produces = {"chemical/x-poscar", "chemical/x-vasp-poscar"})
    ResponseEntity<byte[]> poscar(@PathVariable String id) throws IOException {
        return file(
                id,
                "chemical/x-poscar",
                (content, structure, out) -> Poscar.write(VaspOrder.of(structure), content.toString(), out));
    }

    @GetMapping(
            path = "/v1/structures/{id}",
            produces = {"chemical/x-xsf", "chemical/x-xcrysden-structure"})
    ResponseEntity<byte[]> xsf(@PathVariable String id) throws IOException {
        return file(id, "chemical/x-xsf", (content, structure, out) -> Xsf.write(Frame.of(structure), out));
    }

    /** Without symmetry: P1, every atom by itself. */
    @GetMapping(path = "/v1/structures/{id}", produces = "chemical/x-cif")
    ResponseEntity<byte[]> cif(@PathVariable String id) throws IOException {
        return file(id, "chemical/x-cif", (content, structure, out) -> Cif.write(structure, content.toString(), out));
    }

    @GetMapping(path = "/v1/structures/{id}", produces = "application/x-pymatgen+json")
    ResponseEntity<byte[]> pymatgen(@PathVariable String id) throws IOException {
        return file(id, "application/x-pymatgen+json", (content, structure, out) -> PymatgenJson.write(structure, out));
    }

    @GetMapping(path = "/v1/structures/{id}", produces = "application/x-ase+json")
    ResponseEntity<byte[]> ase(@PathVariable String id) throws IOException {
        return file(id, "application/x-ase+json", (content, structure, out) -> AseJson.write(structure, out));
    }
}
