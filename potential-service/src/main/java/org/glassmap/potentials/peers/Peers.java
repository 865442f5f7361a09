package org.glassmap.potentials.peers;

import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.support.clients.ServiceAddresses;
import org.glassmap.support.clients.ServiceClients;
import org.springframework.stereotype.Component;

/** Makes the peers of a project. */
@Component
public class Peers {

    private final ServiceClients clients;
    private final ServiceAddresses addresses;

    Peers(ServiceClients clients, ServiceAddresses addresses) {
        this.clients = clients;
        this.addresses = addresses;
    }

    /** @param user on whose behalf, for the record */
    public StructureStore structureStore(ProjectId project, String user) {
        return new StructureStore(
                clients.client(DatasetsApi.class, addresses.structure(), project, user),
                clients.client(StructuresApi.class, addresses.structure(), project, user),
                clients.rest(addresses.structure(), project, user));
    }
}
