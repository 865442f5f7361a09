package org.glassmap.contract.access;

import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Tokens. Only an admin's token makes, lists and revokes them. */
@HttpExchange("/v1/tokens")
public interface TokensApi {
    /** All, the newest first. */
    @GetExchange
    List<TokenDocument> list();

    /** 201. The answer is the only place where the secret is ever told. */
    @PostExchange
    ResponseEntity<IssuedToken> create(@RequestBody NewToken token);

    /** Repeatable; takes effect within seconds. The token named by id or prefix. */
    @DeleteExchange("/{token}")
    TokenDocument revoke(@PathVariable String token);
}
