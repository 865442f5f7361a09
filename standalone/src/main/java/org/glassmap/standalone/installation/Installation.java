package org.glassmap.standalone.installation;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.glassmap.support.postgresql.PostgresSettings;

/**
 * A data folder: everything that one Glassmap on one machine knows, and nothing of it elsewhere.
 *
 * @param folder absolute
 */
public record Installation(Path folder) {
    /** Schemas, and login roles of the same names. */
    public static final List<String> SCHEMAS = List.of("access", "structure", "potential", "sampler", "analysis");

    public static final List<String> SERVICES =
            List.of("structure-service", "potential-service", "sampler-service", "analysis-service");

    public static final String DATABASE = "glassmap";

    public Installation {
        folder = real(folder.toAbsolutePath().normalize());
    }

    /** Through any links: what runs is known by the folder's own name. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder; // not made yet
        }
    }

    public Path postgres() {
        return folder.resolve("postgres");
    }

    public Path artifacts() {
        return folder.resolve("artifacts");
    }

    public Path worker() {
        return folder.resolve("worker");
    }

    /** Touched by the worker whenever it turns to the queue. */
    public Path workerMark() {
        return worker().resolve("alive");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    public Path run() {
        return folder.resolve("run");
    }

    public Path adminToken() {
        return folder.resolve("admin-token");
    }

    public Path workerToken() {
        return folder.resolve("worker-token");
    }

    public Path settingsFile() {
        return folder.resolve("settings.properties");
    }

    public Path secretsFile() {
        return folder.resolve("secrets.properties");
    }

    public boolean exists() {
        return Files.exists(secretsFile());
    }

    /** Makes the folder and what must be in it before anything starts; repeatable. */
    public void prepare() {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                // Others may pass through (PostgreSQL may have to be another user), but not look around.
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            }
            for (Path inside : List.of(artifacts(), worker(), logs(), run())) {
                if (!Files.isDirectory(inside)) {
                    Files.createDirectory(
                            inside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                }
            }
            if (!Files.exists(secretsFile())) {
                writeSecret(secretsFile(), freshSecrets());
            }
        } catch (IOException e) {
            throw new InstallationException(
                    "The data folder " + folder + " cannot be used: " + e + ". Choose another with --data.", e);
        }
    }

    private static String freshSecrets() throws IOException {
        Properties secrets = new Properties();
        SCHEMAS.forEach(schema -> secrets.setProperty("database." + schema, randomSecret()));
        SERVICES.forEach(service -> secrets.setProperty("service." + service, randomSecret()));
        return written(secrets);
    }

    private static String randomSecret() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** @return the password of a schema's role */
    public String databasePassword(String schema) {
        return secret("database." + schema);
    }

    /** @return what a service shows the gateway */
    public String serviceSecret(String service) {
        return secret("service." + service);
    }

    private String secret(String name) {
        String secret = read(secretsFile()).get(name);
        if (secret == null) {
            throw new InstallationException(secretsFile() + " holds no " + name + "; restore it from a backup");
        }
        return secret;
    }

    /** @return what the user chose, or the defaults */
    public InstallationSettings settings() {
        if (!Files.exists(settingsFile())) {
            return InstallationSettings.DEFAULT;
        }
        Map<String, String> values = read(settingsFile());
        try {
            int port = Integer.parseInt(values.getOrDefault("port", "8700"));
            return new InstallationSettings(new Ports(port), values.getOrDefault("address", "127.0.0.1"));
        } catch (IllegalArgumentException e) {
            throw new InstallationException(settingsFile() + " is not right: " + e.getMessage(), e);
        }
    }

    public void write(InstallationSettings settings) {
        Properties values = new Properties();
        values.setProperty("port", Integer.toString(settings.ports().base()));
        values.setProperty("address", settings.address());
        try {
            writeSecret(settingsFile(), written(values));
        } catch (IOException e) {
            throw new InstallationException(settingsFile() + " cannot be written: " + e, e);
        }
    }

    /** @return the server's settings; its programs are unpacked beside its data, where its account can read them */
    public PostgresSettings postgresSettings() {
        return new PostgresSettings(
                postgres(), folder.resolve("programs"), settings().ports().postgresql(), true);
    }

    /** @return the admin's token, once the gateway has written it */
    public Optional<String> adminTokenText() {
        try {
            return Files.exists(adminToken())
                    ? Optional.of(Files.readString(adminToken()).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new InstallationException("The admin's token " + adminToken() + " cannot be read: " + e, e);
        }
    }

    /** Writes a file that only its owner reads, all of it or nothing. */
    public static void writeSecret(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(aside, text);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String written(Properties values) throws IOException {
        StringWriter text = new StringWriter();
        values.store(text, null);
        return text.toString();
    }

    private static Map<String, String> read(Path file) {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException e) {
            throw new InstallationException(file + " cannot be read: " + e, e);
        }
        Map<String, String> map = new TreeMap<>();
        values.stringPropertyNames().forEach(name -> map.put(name, values.getProperty(name)));
        return map;
    }
}
