package org.glassmap.sampler.campaigns;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param threads chains that are searched at once; 0 means as many as there are processors. The answers do not depend on
 *     it
 */
@ConfigurationProperties("glassmap.search")
record SearchProperties(@DefaultValue("0") int threads) {

    SearchProperties {
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("glassmap.search.threads must lie in 0..1024, got " + threads);
        }
        threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
