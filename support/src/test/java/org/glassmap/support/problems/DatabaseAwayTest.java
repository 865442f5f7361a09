package org.glassmap.support.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseAwayTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08003", "08006", "53300", "57P01", "57P02", "57P03"})
    void aLostConnectionIsToldHoweverItIsWrapped(String state) {
        SQLException lost = new SQLException("terminating connection", state);
        assertThat(DatabaseAway.isToldBy(new UncategorizedSQLException("commit", null, lost)))
                .isTrue();
        assertThat(DatabaseAway.isToldBy(new TransactionSystemException(
                        "Could not roll back", new IllegalStateException("Unable to roll back", lost))))
                .isTrue();
    }

    @Test
    void aTransactionThatCannotBeginTellsIt() {
        assertThat(DatabaseAway.isToldBy(new CannotCreateTransactionException("Could not open JPA EntityManager")))
                .isTrue();
    }

    @Test
    void aPoolWithoutConnectionsTellsIt() {
        SQLException timedOut = new SQLTransientConnectionException("HikariPool-1 - Connection is not available");
        assertThat(DatabaseAway.isToldBy(new RuntimeException(timedOut))).isTrue();
        assertThat(DatabaseAway.isToldBy(new RuntimeException(new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void aLossWhileCleaningUpIsToldThoughItIsSuppressed() {
        RuntimeException failure = new RuntimeException("the statement failed");
        failure.addSuppressed(new SQLException("broken pipe", "08006"));
        assertThat(DatabaseAway.isToldBy(failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "42P01", "57014"})
    void whatTheDatabaseAnsweredIsNoLoss(String state) {
        SQLException answered = new SQLException("duplicate key", state);
        assertThat(DatabaseAway.isToldBy(new DataIntegrityViolationException("insert", answered)))
                .isFalse();
    }

    /** Spring calls it a lost resource. */
    @Test
    void aDatabaseWithoutRoomTellsOfAFullDisk() {
        SQLException full = new SQLException("could not extend file", "53100");
        assertThat(DiskFull.isToldBy(new DataAccessResourceFailureException("insert", full)))
                .isTrue();
        assertThat(DiskFull.isToldBy(new java.io.UncheckedIOException(new IOException("No space left on device"))))
                .isTrue();
        assertThat(DiskFull.isToldBy(new IOException("Permission denied"))).isFalse();
        assertThat(DiskFull.isToldBy(new DataAccessResourceFailureException("", new SQLException("gone", "08006"))))
                .isFalse();
    }

    @Test
    void aRingOfCausesEnds() {
        RuntimeException one = new RuntimeException("one");
        one.addSuppressed(new RuntimeException("two", one));
        assertThat(DatabaseAway.isToldBy(one)).isFalse();
    }
}
