package org.glassmap.standalone.commands;

import java.net.URI;
import java.time.Duration;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the gateway as admin, with the token in the data folder. */
final class AdminClient {
    private final Installation installation;
    private final Clients clients = new Clients(
            JsonMapper.builder().build(), new ClientProperties(Duration.ofSeconds(30), Duration.ofSeconds(2)));

    AdminClient(Installation installation) {
        this.installation = installation;
    }

    <T> T api(Class<T> api) {
        String token = installation
                .adminTokenText()
                .orElseThrow(() -> new InstallationException(
                        "There is no admin's token in " + installation.adminToken() + " yet: ./glassmap up"));
        return clients.client(api, URI.create(installation.settings().url()), () -> token);
    }

    InstallationException away(ResourceAccessException e) {
        return new InstallationException(
                "Glassmap does not answer at " + installation.settings().url() + ". Is it up? ./glassmap status", e);
    }
}
