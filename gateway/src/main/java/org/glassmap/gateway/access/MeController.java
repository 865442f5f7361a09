package org.glassmap.gateway.access;

import org.glassmap.contract.access.MeApi;
import org.glassmap.contract.access.MeDocument;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MeController implements MeApi {
    private final AccessStore store;

    MeController(AccessStore store) {
        this.store = store;
    }

    @Override
    public MeDocument me() {
        KnownToken caller = KnownToken.current();
        return new MeDocument(
                caller.user(),
                caller.prefix(),
                caller.scopes(),
                caller.isAdmin() ? store.projects() : caller.projects());
    }
}
