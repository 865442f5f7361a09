package org.glassmap.structures.contents;

import org.glassmap.support.caching.ContentTags;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What callers need not read twice. */
@Configuration(proxyBeanMethods = false)
class TaggedContents {

    @Bean
    ContentTags contentTags() {
        return new ContentTags(
                "/v1/structures/{id}",
                "/v1/structures/{id}/summary",
                "/v1/methods/{id}",
                "/v1/labels/{id}",
                "/v1/datasets/{dataset}");
    }
}
