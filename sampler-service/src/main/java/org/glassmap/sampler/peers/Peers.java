package org.glassmap.sampler.peers;

import java.net.URI;
import org.glassmap.contract.acceptances.AcceptancesApi;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.labels.LabelsApi;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.potentials.PotentialsApi;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.contract.trainings.TrainingsApi;
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

    public StructureStore structureStore(ProjectId project, String user) {
        URI structure = addresses.structure();
        return new StructureStore(
                clients.client(StructuresApi.class, structure, project, user),
                clients.client(MethodsApi.class, structure, project, user),
                clients.client(CalculationsApi.class, structure, project, user),
                clients.client(LabelsApi.class, structure, project, user),
                clients.client(DatasetsApi.class, structure, project, user),
                clients.rest(structure, project, user));
    }

    public Trainer trainer(ProjectId project, String user) {
        URI potential = addresses.potential();
        return new Trainer(
                clients.client(TrainingsApi.class, potential, project, user),
                clients.client(PotentialsApi.class, potential, project, user),
                clients.client(AcceptancesApi.class, potential, project, user));
    }
}
