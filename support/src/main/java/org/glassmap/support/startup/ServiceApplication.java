package org.glassmap.support.startup;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Marks the application class of a Glassmap server. It is a {@link SpringBootApplication} which in addition
 *
 * <ul>
 *   <li>reads {@code <name>.yaml} instead of {@code application.yaml}, also in tests;
 *   <li>has the {@linkplain ServiceDefaults defaults} that all servers share, each of which the file may override;
 *   <li>uses the database schema, login role and migrations folder ({@code classpath:db/<schema>}) named here;
 *   <li>leaves out auto-configurations that only a neighbour in the same JVM wants.
 * </ul>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootApplication
public @interface ServiceApplication {
    /** For example {@code structure-service}: the name of the configuration file and in logs. */
    String name();

    /** The TCP port unless {@code server.port} says another. */
    int port();

    /** Schema, login role and migrations folder; empty for a process without a database. */
    String schema() default "";

    /** True for the gateway alone: it wants Spring Cloud's routes. */
    boolean routes() default false;
}
