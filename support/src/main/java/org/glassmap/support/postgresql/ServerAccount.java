package org.glassmap.support.postgresql;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * As whom the server runs. PostgreSQL refuses root; everybody else runs it as himself.
 *
 * <p>Root has two ways out. In a user namespace of its own ({@code unshare -U}) the server sees an unprivileged number
 * while the kernel still counts its files as root's, so folders below root's home work. Where namespaces are forbidden
 * (many containers), {@code setpriv} makes it the user nobody, to whom the folder is given. A folder that exists already
 * tells by its owner which of the two made it.
 */
record ServerAccount(List<String> prefix, int uid) {
    private static final int NOBODY = 65_534;

    ServerAccount {
        prefix = List.copyOf(prefix);
    }

    /** @param data the data folder, made or not */
    static ServerAccount forFolder(Path data) {
        int self = Math.toIntExact(new UnixSystem().getUid());
        if (self != 0) {
            return new ServerAccount(List.of(), self);
        }
        int owner = Files.exists(data) ? ownerOf(data) : -1;
        if (owner > 0) {
            return switchedTo(owner);
        }
        if (succeeds("unshare", "-U", "true")) {
            return new ServerAccount(List.of("unshare", "-U"), 0);
        }
        if (owner == 0) {
            throw new PostgresException("The database in " + data + " belongs to root, and PostgreSQL does not run as"
                    + " root. User namespaces (unshare -U) are not allowed here. Start Glassmap as an ordinary user, or"
                    + " give the folder to one: chown -R nobody " + data);
        }
        return switchedTo(NOBODY);
    }

    private static ServerAccount switchedTo(int uid) {
        List<String> prefix = List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
        if (!succeeds(join(prefix, "true"))) {
            throw new PostgresException("PostgreSQL does not run as root, and neither unshare -U nor setpriv (of"
                    + " util-linux) can change that here. Start Glassmap as an ordinary user.");
        }
        return new ServerAccount(prefix, uid);
    }

    List<String> command(List<String> words) {
        List<String> command = new java.util.ArrayList<>(prefix);
        command.addAll(words);
        return List.copyOf(command);
    }

    /** True if the server is to be another user than we are, so that files must be given to it. */
    boolean isSomebodyElse() {
        return prefix.contains("setpriv");
    }

    /** Refuses a folder that the server's account could not even reach. */
    void requireReach(Path folder) {
        if (isSomebodyElse() && !succeeds(join(prefix, "test", "-x", folder.toString()))) {
            throw new PostgresException("User " + uid + ", as whom PostgreSQL must run for root here, cannot reach "
                    + folder + ". Choose a data folder outside of root's home with --data.");
        }
    }

    private static int ownerOf(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:uid");
        } catch (IOException e) {
            throw new PostgresException("The owner of " + path + " cannot be read: " + e, e);
        }
    }

    private static String[] join(List<String> prefix, String... words) {
        List<String> all = new java.util.ArrayList<>(prefix);
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // the program is not there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while trying " + String.join(" ", command), e);
        }
    }
}
