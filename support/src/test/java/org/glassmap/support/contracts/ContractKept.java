package org.glassmap.support.contracts;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the test during which a server gave an answer that the document of the API does not know. Found by JUnit itself. */
public final class ContractKept implements AfterEachCallback, AfterAllCallback {

    /** A client has its answer a moment before the server has looked at it; a stream that stays open is not waited for. */
    private static final int PATIENCE_MILLIS = 300;

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        requireKept();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        requireKept();
    }

    private static void requireKept() throws InterruptedException {
        for (int waited = 0; Breaches.someUnderWay() && waited < PATIENCE_MILLIS; waited += 5) {
            Thread.sleep(5);
        }
        List<String> breaches = Breaches.taken();
        if (!breaches.isEmpty()) {
            throw new AssertionError("answers that openapi.yaml does not know:\n  " + String.join("\n  ", breaches));
        }
    }
}
