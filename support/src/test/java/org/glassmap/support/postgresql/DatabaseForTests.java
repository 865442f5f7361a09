package org.glassmap.support.postgresql;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Gives a server under test a fresh database of its own: {@code @Import(DatabaseForTests.class)} beside
 * {@code @SpringBootTest}. The connection details win over {@code spring.datasource.*}.
 */
@TestConfiguration(proxyBeanMethods = false)
public class DatabaseForTests {
    @Bean
    TestDatabase testDatabase(Environment environment) {
        return TestDatabase.fresh(environment.getRequiredProperty("glassmap.schema"));
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(TestDatabase database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return database.schema();
            }

            @Override
            public String getPassword() {
                return database.password();
            }

            @Override
            public String getJdbcUrl() {
                return database.url();
            }
        };
    }
}
