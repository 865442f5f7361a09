package org.glassmap.support.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh database with one service's schema, on the server of this test JVM ({@link PostgresForTests}).
 *
 * @param url JDBC address
 * @param schema of the service; its login role has the same name
 */
public record TestDatabase(String url, String schema, String password) {
    /** @return a database that nobody used before */
    public static TestDatabase fresh(String schema) {
        return PostgresForTests.server().newDatabase(schema);
    }

    /** @return connections as the service's role, unpooled */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(schema);
        source.setPassword(password);
        return source;
    }

    /** @return a connection as superuser, to look behind the service's back */
    public Connection superuser() throws SQLException {
        return PostgresForTests.server().superuser(url);
    }
}
