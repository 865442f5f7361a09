package org.glassmap.support.problems;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells whether a failure means that the database is away: it was killed, it restarts, it takes no more connections.
 *
 * <p>The same loss wears many coats: it shows while a transaction begins, in a statement, at the end, or while what the
 * loss broke is rolled back, and drivers, pools, Hibernate and Spring each wrap it in types of their own. So the whole
 * chain of causes is looked through, suppressed ones included, for the driver's word.
 */
public final class DatabaseAway {

    /** A chain this long is a ring. */
    private static final int DEEPEST = 50;

    private DatabaseAway() {}

    public static boolean isToldBy(Throwable failure) {
        return isToldBy(failure, 0);
    }

    private static boolean isToldBy(@Nullable Throwable failure, int depth) {
        if (failure == null || depth > DEEPEST) {
            return false;
        }
        if (isSign(failure) || isToldBy(failure.getCause(), depth + 1)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (isToldBy(suppressed, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSign(Throwable failure) {
        return switch (failure) {
            case DataAccessResourceFailureException _,
                    CannotCreateTransactionException _,
                    SQLTransientConnectionException _,
                    SQLNonTransientConnectionException _,
                    SQLRecoverableException _ -> true;
            case SQLException e -> isConnectionLost(e);
            default -> false;
        };
    }

    /**
     * SQLSTATE classes 08 (connection) and 53300 (too many of them), and of class 57 what an end of the server says:
     * shut down, crashed, not ready. A pool that has given a broken connection up says no state at all, only that.
     */
    private static boolean isConnectionLost(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return "Connection is closed".equals(e.getMessage());
        }
        return state.startsWith("08") || state.equals("53300") || state.startsWith("57P0");
    }
}
