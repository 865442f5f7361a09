package org.glassmap.support.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ServiceSchemaTest {
    @Test
    void aServiceWorksInItsOwnSchemaAndSeesNoOther() throws Exception {
        TestDatabase database = TestDatabase.fresh("structure");
        try (Connection superuser = database.superuser()) {
            new ServiceSchema("potential").grant(superuser, "other");
            execute(superuser, "CREATE TABLE potential.secret (x integer)");
        }
        try (Connection service = database.dataSource().getConnection()) {
            execute(service, "CREATE TABLE mine (x integer)");
            assertThat(schemaOf(service)).isEqualTo("structure");
            refused(service, "SELECT * FROM potential.secret");
            refused(service, "CREATE TABLE public.stray (x integer)");
            refused(service, "CREATE SCHEMA another");
        }
    }

    @Test
    void grantingAgainChangesThePasswordOnly() throws Exception {
        TestDatabase database = TestDatabase.fresh("structure");
        try (Connection service = database.dataSource().getConnection()) {
            execute(service, "CREATE TABLE mine (x integer)");
        }
        try (Connection superuser = database.superuser()) {
            new ServiceSchema("structure").grant(superuser, "it's new");
        }
        TestDatabase renewed = new TestDatabase(database.url(), "structure", "it's new");
        try (Connection service = renewed.dataSource().getConnection()) {
            execute(service, "SELECT * FROM mine");
        }
    }

    @Test
    void anOddNameIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ServiceSchema("x\"; DROP"))
                .withMessageContaining("x\"; DROP");
    }

    private static void refused(Connection connection, String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(connection, sql))
                .withMessageContaining("permission denied");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String schemaOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_schema()")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
