package org.glassmap.support.clients;

import java.net.URI;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.support.identity.ProjectTokens;
import org.springframework.web.client.RestClient;

/** Makes clients with which a server acts for a project, with tokens of {@link ProjectTokens}. */
public final class ServiceClients {

    private final Clients clients;
    private final ProjectTokens tokens;

    public ServiceClients(Clients clients, ProjectTokens tokens) {
        this.clients = clients;
        this.tokens = tokens;
    }

    /**
     * @param api an interface of the contract
     * @param base the server's address, such as {@code http://127.0.0.1:8701}
     * @param user on whose behalf, for the record
     */
    public <T> T client(Class<T> api, URI base, ProjectId project, String user) {
        return clients.client(api, base, () -> tokens.tokenFor(project, user));
    }

    /** The plain client beneath, for what an interface cannot say; it does not retry. */
    public RestClient rest(URI base, ProjectId project, String user) {
        return clients.rest(base, () -> tokens.tokenFor(project, user));
    }
}
