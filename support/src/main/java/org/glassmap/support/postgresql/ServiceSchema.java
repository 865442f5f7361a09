package org.glassmap.support.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * A service's part of the database: a schema, and a login role of the same name that owns it and sees no other.
 *
 * @param name of schema and role: lower-case letters and underscores
 */
public record ServiceSchema(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,30}");

    public ServiceSchema {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a schema's name is lower-case letters and _, got " + name);
        }
    }

    /** Makes the database if it is not there, closed to everybody but those who are let in by {@link #grant}. */
    public static void createDatabase(Connection superuser, String database) throws SQLException {
        if (!exists(superuser, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
            execute(superuser, "CREATE DATABASE " + quoted(database));
        }
        execute(superuser, "REVOKE ALL ON DATABASE " + quoted(database) + " FROM PUBLIC");
    }

    /** Makes schema and role, or sets the role's password anew; repeatable. */
    public void grant(Connection superuser, String password) throws SQLException {
        String role = quoted(name);
        if (!exists(superuser, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
            execute(superuser, "CREATE ROLE " + role + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE");
        }
        execute(superuser, "ALTER ROLE " + role + " PASSWORD " + literal(password));
        execute(superuser, "ALTER ROLE " + role + " SET search_path = " + role);
        execute(superuser, "GRANT CONNECT, TEMPORARY ON DATABASE " + quoted(superuser.getCatalog()) + " TO " + role);
        execute(superuser, "CREATE SCHEMA IF NOT EXISTS " + role + " AUTHORIZATION " + role);
        execute(superuser, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
