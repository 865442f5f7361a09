package org.glassmap.structures.calculations;

import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.LeasedContents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the leases that an owner's agents hold at present name: structures, methods, and the files these need. */
@Component
class AgentLeases implements LeasedContents {

    private final JdbcClient database;

    AgentLeases(JdbcClient database) {
        this.database = database;
    }

    @Override
    public boolean name(String user, ContentId id) {
        String named = switch (id.kind()) {
            case STRUCTURE -> "calculation.structure = :hash";
            case METHOD -> "calculation.method = :hash";
            case ARTIFACT -> "position(:id IN method.document) > 0";
            case CALCULATION, LABEL, DATASET -> "false";
        };
        return database.sql("""
                        SELECT EXISTS (
                            SELECT 1 FROM agent JOIN attempt ON attempt.agent = agent.id
                            JOIN calculation ON calculation.hash = attempt.calculation
                            JOIN method ON method.hash = calculation.method
                            WHERE agent.owner = :user AND attempt.ended IS NULL AND %s)""".formatted(named))
                .param("user", user)
                .param("hash", id.hash())
                .param("id", id.toString())
                .query(Boolean.class)
                .single();
    }
}
