package org.glassmap.contract.access;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Who am I? */
@HttpExchange("/v1/me")
public interface MeApi {
    @GetExchange
    MeDocument me();
}
