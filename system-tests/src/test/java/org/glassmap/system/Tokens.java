package org.glassmap.system;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.glassmap.contract.access.NewToken;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.access.TokensApi;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import tools.jackson.databind.json.JsonMapper;

/** Makes tokens at a gateway, as an admin. */
final class Tokens {

    private Tokens() {}

    /** @return a worker's secret */
    static String agent(URI gateway, String adminToken) {
        Clients clients = new Clients(
                JsonMapper.builder().build(), new ClientProperties(Duration.ofSeconds(30), Duration.ofSeconds(30)));
        TokensApi tokens = clients.client(TokensApi.class, gateway, () -> adminToken);
        NewToken wanted = new NewToken("worker", "of the test", List.of(), Set.of(Scope.AGENT), null);
        return Objects.requireNonNull(tokens.create(wanted).getBody()).secret();
    }
}
