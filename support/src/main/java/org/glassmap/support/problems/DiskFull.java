package org.glassmap.support.problems;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether something failed because there is no room left, for a file or for the database (SQLSTATE 53100). Looked
 * for before {@link DatabaseAway}: frameworks take a full disk for a lost database.
 */
public final class DiskFull {

    /** A chain this long is a ring. */
    private static final int DEEPEST = 50;

    private DiskFull() {}

    public static boolean isToldBy(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (isSign(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isSign(Throwable failure) {
        String message = failure.getMessage();
        boolean said = message != null && message.contains("No space left on device");
        return switch (failure) {
            case SQLException e -> said || "53100".equals(e.getSQLState());
            case IOException _ -> said;
            default -> false;
        };
    }
}
