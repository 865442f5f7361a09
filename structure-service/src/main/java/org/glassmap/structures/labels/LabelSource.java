package org.glassmap.structures.labels;

import java.util.Map;
import java.util.TreeMap;
import org.glassmap.structures.contents.CanonicalJson;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;

/** Where a label came from. */
public sealed interface LabelSource {

    /** Names the source among those of one label: the same one twice is one. */
    String key();

    /**
     * A step of a calculation.
     *
     * @param step from 0
     */
    record Calculation(ContentId calculation, int step) implements LabelSource {
        @Override
        public String key() {
            return "%s#%d".formatted(calculation, step);
        }
    }

    /**
     * A frame of a file that a project posted.
     *
     * @param name of the upload
     * @param attributes free keys that travel with the label
     */
    record Upload(String project, String name, Map<String, String> attributes) implements LabelSource {
        @Override
        public String key() {
            String said = CanonicalJson.of(new TreeMap<>(Map.of("name", name, "attributes", attributes)));
            return "%s#%s"
                    .formatted(project, ContentId.of(ContentKind.LABEL, said).hash());
        }
    }
}
