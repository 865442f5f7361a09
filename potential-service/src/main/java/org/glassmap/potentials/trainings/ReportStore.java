package org.glassmap.potentials.trainings;

import java.util.Optional;
import java.util.UUID;
import org.glassmap.contract.trainings.TrainingReport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What trainings say of their potentials. */
@Repository
class ReportStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ReportStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** After a crash it may come a second time, the same. */
    void keep(UUID training, TrainingReport report) {
        jdbc.sql("insert into training_report (training, report) values (?, cast(? as jsonb)) on conflict do nothing")
                .params(training, json.writeValueAsString(report))
                .update();
    }

    Optional<TrainingReport> find(UUID training) {
        return jdbc.sql("select report from training_report where training = ?")
                .param(training)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, TrainingReport.class));
    }
}
