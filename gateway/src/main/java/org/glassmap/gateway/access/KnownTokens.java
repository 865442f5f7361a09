package org.glassmap.gateway.access;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Checks tokens, and remembers the answer for a few seconds: so long may a revoked token still work, and so seldom is the
 * database asked about one that comes with every request.
 */
@Component
class KnownTokens {
    private static final Duration MEMORY = Duration.ofSeconds(3);
    private static final int MOST_REMEMBERED = 10_000;

    /** @param since by {@link System#nanoTime}: a clock that is set back must not prolong it */
    private record Remembered(KnownToken token, long since) {
        boolean isFresh(long now) {
            return now - since < MEMORY.toNanos();
        }
    }

    private final AccessStore store;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    KnownTokens(AccessStore store) {
        this.store = store;
    }

    /** @return empty if the text is no token that is good now */
    Optional<KnownToken> check(String text) {
        Optional<TokenSecret> secret = TokenSecret.parse(text);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        Remembered before = remembered.get(text);
        if (before != null && before.isFresh(now)) {
            return Optional.of(before.token());
        }
        Optional<KnownToken> token = checkInStore(secret.get());
        remember(text, token, now);
        return token;
    }

    private Optional<KnownToken> checkInStore(TokenSecret secret) {
        return store.candidate(secret.prefix())
                .filter(candidate -> MessageDigest.isEqual(candidate.hash(), secret.hash()))
                .map(candidate -> {
                    store.used(candidate.id());
                    return store.known(candidate.id());
                });
    }

    private void remember(String text, Optional<KnownToken> token, long now) {
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.values().removeIf(old -> !old.isFresh(now));
        }
        if (token.isPresent()) {
            remembered.put(text, new Remembered(token.get(), now));
        } else {
            remembered.remove(text);
        }
    }

    /** For changes made through this very gateway, which are to be felt at once. */
    void forget() {
        remembered.clear();
    }
}
