package org.glassmap.gateway.documents;

import java.io.IOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the browser's part of the page from its jar, whatever version that has. */
@Configuration(proxyBeanMethods = false)
class DocumentsConfiguration implements WebMvcConfigurer {
    private static final String MARK = "swagger-ui-bundle.js";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/docs/ui/**").addResourceLocations(folder());
    }

    private static String folder() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/resources/webjars/swagger-ui/*/" + MARK);
            if (found.length != 1) {
                throw new IllegalStateException(found.length + " versions of swagger-ui on the class path");
            }
            String bundle = found[0].getURL().toString();
            return bundle.substring(0, bundle.length() - MARK.length());
        } catch (IOException e) {
            throw new IllegalStateException("the class path cannot be searched for swagger-ui", e);
        }
    }
}
