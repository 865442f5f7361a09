package org.glassmap.standalone.supervision;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.support.postgresql.ManagedPostgres;
import org.glassmap.support.postgresql.ServiceSchema;
import org.jspecify.annotations.Nullable;

/** The supervisor's hold on PostgreSQL: starts or adopts it, and sees to it that every service finds its schema. */
final class Database {
    private final Installation installation;
    private @Nullable ManagedPostgres postgres;

    Database(Installation installation) {
        this.installation = installation;
    }

    /** @return the postmaster's process */
    synchronized ProcessHandle adoptOrStart() {
        ManagedPostgres before = postgres;
        if (before != null) {
            before.leave(); // it has ended; its lock is still ours
        }
        postgres = null;
        ManagedPostgres started = ManagedPostgres.start(installation.postgresSettings());
        postgres = started;
        makeSchemas(started);
        return started.process();
    }

    private void makeSchemas(ManagedPostgres server) {
        try (Connection superuser = server.connect("postgres")) {
            ServiceSchema.createDatabase(superuser, Installation.DATABASE);
            try (Connection inside = server.connect(Installation.DATABASE)) {
                for (String schema : Installation.SCHEMAS) {
                    new ServiceSchema(schema).grant(inside, installation.databasePassword(schema));
                }
            }
        } catch (SQLException e) {
            throw new InstallationException("The services' schemas cannot be made: " + e.getMessage(), e);
        }
    }

    synchronized void stop() {
        Optional.ofNullable(postgres).ifPresent(ManagedPostgres::close);
    }
}
