package org.glassmap.gateway.routes;

import static org.springframework.cloud.gateway.server.mvc.filter.AfterFilterFunctions.removeResponseHeader;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.glassmap.gateway.access.CallerOfRequest;
import org.glassmap.gateway.access.InsideTokens;
import org.glassmap.support.clients.ServiceAddresses;
import org.glassmap.support.connections.StreamingRequests;
import org.glassmap.support.problems.Trace;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Which service answers for which resource. {@code …/events} and {@code …/provenance} of a thing go where the thing is.
 */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {
    /** A long-poll takes 25 s before the head of its answer; the rest is for a busy service. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(120);

    private static final List<String> STRUCTURE = List.of(
            "structures",
            "labels",
            "methods",
            "datasets",
            "calculations",
            "batches",
            "agents",
            "artifacts",
            "provenance");
    private static final List<String> POTENTIAL = List.of("trainings", "potentials", "acceptances", "proposals");
    private static final List<String> SAMPLER = List.of("searches", "campaigns");
    private static final List<String> ANALYSIS = List.of("phase-diagrams", "figures");

    @Bean
    ClientHttpRequestFactory requestsToServices() {
        return StreamingRequests.within(ANSWER_LIMIT);
    }

    /** Asking for a parameter must not read a body that only looks like a form. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodiesAreNoParameters() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
    }

    @Bean
    RouterFunction<ServerResponse> structure(ServiceAddresses services, CallerOfRequest callers, InsideTokens tokens) {
        return routeTo("structure", services.structure(), STRUCTURE, callers, tokens);
    }

    @Bean
    RouterFunction<ServerResponse> potential(ServiceAddresses services, CallerOfRequest callers, InsideTokens tokens) {
        return routeTo("potential", services.potential(), POTENTIAL, callers, tokens);
    }

    @Bean
    RouterFunction<ServerResponse> sampler(ServiceAddresses services, CallerOfRequest callers, InsideTokens tokens) {
        return routeTo("sampler", services.sampler(), SAMPLER, callers, tokens);
    }

    @Bean
    RouterFunction<ServerResponse> analysis(ServiceAddresses services, CallerOfRequest callers, InsideTokens tokens) {
        return routeTo("analysis", services.analysis(), ANALYSIS, callers, tokens);
    }

    private static RouterFunction<ServerResponse> routeTo(
            String id, URI service, List<String> resources, CallerOfRequest callers, InsideTokens tokens) {
        RequestPredicate paths = resources.stream()
                .map(resource ->
                        RequestPredicates.path("/v1/" + resource).or(RequestPredicates.path("/v1/" + resource + "/**")))
                .reduce(RequestPredicate::or)
                .orElseThrow();
        return route(id)
                .route(paths, http())
                .before(uri(service))
                .before(request -> identified(request, callers, tokens))
                .after(removeResponseHeader(Trace.ANSWER_HEADER)) // the gateway has told it already
                .build();
    }

    /** The token of the outside stays outside, and so does whatever else the request claims about its sender. */
    private static ServerRequest identified(ServerRequest request, CallerOfRequest callers, InsideTokens tokens) {
        String project = request.param("project").orElse(null);
        String inside = tokens.sign(callers.caller(project)).token();
        return ServerRequest.from(request)
                .headers(headers -> {
                    if (MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(headers.getContentType())) {
                        // What curl says of any body. Nothing here takes a form, and servers read forms as parameters.
                        headers.setContentType(MediaType.APPLICATION_OCTET_STREAM);
                    }
                    headers.remove(HttpHeaders.COOKIE);
                    headers.remove("Proxy-Authorization");
                    headers.headerNames().stream()
                            .filter(RoutesConfiguration::claimsIdentity)
                            .toList()
                            .forEach(headers::remove);
                    headers.setBearerAuth(inside);
                    headers.set(Trace.HEADER, Trace.parentForCall());
                })
                .build();
    }

    private static boolean claimsIdentity(String header) {
        String name = header.toLowerCase(java.util.Locale.ROOT);
        return name.startsWith("x-forwarded-user")
                || name.startsWith("x-user")
                || name.startsWith("x-auth")
                || name.startsWith("x-remote-")
                || name.startsWith("x-glassmap-");
    }
}
