package org.glassmap.gateway.documents;

import java.net.URI;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API document as it was written, and a page to browse it. Open to everybody. */
@RestController
class DocumentsController {
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> document() {
        return ResponseEntity.ok().contentType(YAML).body(new ClassPathResource("openapi.yaml"));
    }

    @GetMapping("/docs/")
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(new ClassPathResource("docs/index.html"));
    }

    @GetMapping({"/", "/docs"})
    ResponseEntity<Void> toThePage() {
        return ResponseEntity.status(302).location(URI.create("/docs/")).build();
    }
}
