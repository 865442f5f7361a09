package org.glassmap.potentials.potentials;

import org.glassmap.support.caching.ContentTags;
import org.glassmap.support.identity.ReadingPost;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may ask, and what need not be read twice. */
@Configuration(proxyBeanMethods = false)
class PotentialsConfiguration {

    @Bean
    ReadingPost predictionsAreRead() {
        return new ReadingPost("/v1/potentials/*/predictions");
    }

    @Bean
    ReadingPost comparisonsAreRead() {
        return new ReadingPost("/v1/potentials/*/comparisons");
    }

    @Bean
    ContentTags potentialTags() {
        return new ContentTags("/v1/potentials/{potential}");
    }
}
