package org.glassmap.analyses.peers;

import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.campaigns.CampaignsApi;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.labels.LabelsApi;
import org.glassmap.contract.methods.MethodsApi;
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
    public LabelStore labels(ProjectId project, String user) {
        return new LabelStore(
                clients.client(LabelsApi.class, addresses.structure(), project, user),
                clients.client(StructuresApi.class, addresses.structure(), project, user),
                clients.client(MethodsApi.class, addresses.structure(), project, user),
                clients.client(DatasetsApi.class, addresses.structure(), project, user),
                clients.rest(addresses.structure(), project, user));
    }

    /** @param user on whose behalf, for the record */
    public CampaignsApi campaigns(ProjectId project, String user) {
        return clients.client(CampaignsApi.class, addresses.sampler(), project, user);
    }
}
