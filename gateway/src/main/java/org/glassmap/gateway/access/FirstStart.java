package org.glassmap.gateway.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.glassmap.contract.access.NewToken;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Makes a project and an admin's token, so that somebody can get in and make the others. */
@Component
class FirstStart implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(FirstStart.class);

    private final AccessStore store;
    private final AccessProperties properties;

    FirstStart(AccessStore store, AccessProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (store.projects().isEmpty()) {
            store.insertProject(properties.firstProject(), true);
        }
        takeGivenToken();
        writeTokenFile();
    }

    private void takeGivenToken() {
        String given = properties.adminToken();
        if (given == null || given.isBlank()) {
            return;
        }
        TokenSecret secret = TokenSecret.parse(given)
                .orElseThrow(() -> new IllegalArgumentException("glassmap.access.admin-token must have the form"
                        + " gm_<10 hexadecimal digits>_<48 hexadecimal digits>"));
        if (!store.hasPrefix(secret.prefix())) {
            insertAdmin(secret, "given at the start");
        }
    }

    private void writeTokenFile() {
        Path file = properties.adminTokenFile();
        if (file == null || Files.exists(file)) {
            return;
        }
        TokenSecret secret = TokenSecret.random();
        insertAdmin(secret, "of the launcher");
        try {
            Path aside = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(aside);
            Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(aside, secret.text() + "\n");
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException("the admin's token cannot be written to " + file, e);
        }
        log.info("An admin's token was written to {}", file);
    }

    /** Its requests are about the first project unless they name another. */
    private void insertAdmin(TokenSecret secret, String label) {
        List<ProjectId> first = store.project(properties.firstProject())
                .map(project -> List.of(project.id()))
                .orElse(List.of());
        Set<Scope> scopes = Set.of(Scope.ADMIN, Scope.READ, Scope.WRITE);
        store.insertToken(secret, new NewToken("admin", label, List.of(), scopes, null), first, null);
    }
}
