package org.glassmap.potentials.trainings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The errors of every epoch of every member. */
@Repository
class EpochErrorStore {

    private static final String COLUMNS =
            " member, epoch, training_energy, training_force, validation_energy, validation_force, start from epoch_error";

    private final JdbcClient jdbc;

    EpochErrorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return whether they are new; after a crash some come a second time, with the same values */
    boolean add(UUID training, EpochErrors errors) {
        return jdbc.sql("insert into epoch_error (training, member, start, epoch, training_energy,"
                                + " training_force, validation_energy, validation_force) values (:training, :member,"
                                + " :start, :epoch, :te, :tf, :ve, :vf) on conflict do nothing")
                        .param("start", errors.start() == null ? Integer.valueOf(1) : errors.start())
                        .param("training", training)
                        .param("member", errors.member())
                        .param("epoch", errors.epoch())
                        .param("te", errors.trainingEnergy())
                        .param("tf", errors.trainingForce(), java.sql.Types.DOUBLE)
                        .param("ve", errors.validationEnergy(), java.sql.Types.DOUBLE)
                        .param("vf", errors.validationForce(), java.sql.Types.DOUBLE)
                        .update()
                == 1;
    }

    /** Of all members and epochs, member by member. */
    List<EpochErrors> all(UUID training) {
        return jdbc.sql("select" + COLUMNS + " where training = ? order by member, start, epoch")
                .param(training)
                .query((row, n) -> errors(row))
                .list();
    }

    /** Of the newest epoch of each member; of the start that is furthest, if it has several. */
    List<EpochErrors> newest(UUID training) {
        return jdbc.sql("select distinct on (member)" + COLUMNS
                        + " where training = ? order by member, epoch desc, start desc")
                .param(training)
                .query((row, n) -> errors(row))
                .list();
    }

    /** @param starts of each member, the one whose newest epoch is asked for */
    List<EpochErrors> newest(UUID training, List<Integer> starts) {
        return jdbc
                .sql("select distinct on (member, start)" + COLUMNS
                        + " where training = ? order by member, start, epoch desc")
                .param(training)
                .query((row, n) -> errors(row))
                .list()
                .stream()
                .filter(errors -> starts.get(errors.member() - 1).equals(Objects.requireNonNullElse(errors.start(), 1)))
                .toList();
    }

    private static EpochErrors errors(ResultSet row) throws SQLException {
        return new EpochErrors(
                row.getInt("member"),
                row.getInt("epoch"),
                row.getDouble("training_energy"),
                number(row, "training_force"),
                number(row, "validation_energy"),
                number(row, "validation_force"),
                row.getInt("start") == 1 ? null : Integer.valueOf(row.getInt("start")));
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}
