package org.glassmap.standalone.supervision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassmap.analyses.AnalysisServiceApplication;
import org.glassmap.gateway.GatewayApplication;
import org.glassmap.potentials.PotentialServiceApplication;
import org.glassmap.sampler.SamplerServiceApplication;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationSettings;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.installation.ProcessLock;
import org.glassmap.structures.StructureServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The services' JVM: the gateway and four services as sibling contexts. None is the parent of another; each has its own
 * port, schema, login role and configuration file, as if it were alone.
 */
final class ServicesProcess {
    private ServicesProcess() {}

    public static void main(String[] arguments) {
        Installation installation = new Installation(Path.of(arguments[0]));
        Optional<ProcessLock> lock = ProcessLock.take(Role.SERVICES.lock(installation));
        if (lock.isEmpty()) {
            System.err.println("The services of " + installation.folder() + " are running already.");
            System.exit(ExitCodes.ALREADY_RUNNING);
        }
        Configuration configuration = new Configuration(installation, installation.settings());
        start(GatewayApplication.class, configuration.gateway());
        start(StructureServiceApplication.class, configuration.structure());
        start(PotentialServiceApplication.class, configuration.potential());
        start(SamplerServiceApplication.class, configuration.sampler());
        start(AnalysisServiceApplication.class, configuration.analysis());
    }

    /** A context that does not start ends the process: half a system would only hide the fault. */
    private static void start(Class<?> application, List<String> arguments) {
        try {
            new SpringApplicationBuilder(application).run(arguments.toArray(String[]::new));
        } catch (RuntimeException e) {
            System.err.println(application.getSimpleName() + " did not start: " + e);
            System.exit(ExitCodes.FAILED);
        }
    }

    /** What each context is told. Secrets stay inside the process: these are no command lines. */
    private record Configuration(Installation installation, InstallationSettings settings) {
        List<String> gateway() {
            List<String> all = new ArrayList<>(common("access", ports().gateway()));
            all.add("--server.address=" + settings.address());
            all.add("--glassmap.access.admin-token-file=" + installation.adminToken());
            all.add("--glassmap.access.inner-port=" + ports().inner());
            Installation.SERVICES.forEach(service -> all.add(
                    "--glassmap.access.service-secrets." + service + "=" + installation.serviceSecret(service)));
            return all;
        }

        List<String> structure() {
            List<String> all = service("structure-service", "structure", ports().structure());
            all.add("--glassmap.artifacts.directory=" + installation.artifacts());
            return all;
        }

        List<String> potential() {
            return service("potential-service", "potential", ports().potential());
        }

        List<String> sampler() {
            return service("sampler-service", "sampler", ports().sampler());
        }

        List<String> analysis() {
            return service("analysis-service", "analysis", ports().analysis());
        }

        private List<String> service(String name, String schema, int port) {
            List<String> all = new ArrayList<>(common(schema, port));
            all.add("--server.address=127.0.0.1");
            all.add("--glassmap.identity.gateway=http://127.0.0.1:" + ports().inner());
            all.add("--glassmap.identity.secret=" + installation.serviceSecret(name));
            return all;
        }

        private List<String> common(String schema, int port) {
            List<String> all = new ArrayList<>();
            all.add("--server.port=" + port);
            // Logging is one for the JVM, and would bear the name of whichever context started last.
            all.add("--logging.include-application-name=false");
            all.add("--glassmap.database.url=jdbc:postgresql://127.0.0.1:" + ports().postgresql() + "/"
                    + Installation.DATABASE);
            all.add("--glassmap.database.password=" + installation.databasePassword(schema));
            addAddress(all, "structure", ports().structure());
            addAddress(all, "potential", ports().potential());
            addAddress(all, "sampler", ports().sampler());
            addAddress(all, "analysis", ports().analysis());
            return all;
        }

        private static void addAddress(List<String> all, String service, int port) {
            all.add("--glassmap.services." + service + "=http://127.0.0.1:" + port);
        }

        private Ports ports() {
            return settings.ports();
        }
    }
}
