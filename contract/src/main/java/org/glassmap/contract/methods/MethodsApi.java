package org.glassmap.contract.methods;

import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Methods: posting one that is known answers with the known one. */
public interface MethodsApi {

    @PostExchange(url = "/v1/methods", contentType = "application/json", accept = "application/json")
    MethodRecord post(@RequestBody MethodDocument method);

    @GetExchange(url = "/v1/methods/{id}", accept = "application/json")
    MethodRecord get(@PathVariable String id);

    @GetExchange(url = "/v1/methods", accept = "application/json")
    Page<MethodRecord> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);
}
