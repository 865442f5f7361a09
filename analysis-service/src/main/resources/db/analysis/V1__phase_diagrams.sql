CREATE TABLE phase_diagram (
    id uuid PRIMARY KEY,
    project text NOT NULL,
    maker text NOT NULL,
    created timestamptz NOT NULL,
    idempotency_key text NOT NULL,
    request_hash text NOT NULL,
    level_of_theory text NOT NULL,
    digest text NOT NULL,
    document jsonb NOT NULL,
    CONSTRAINT phase_diagram_once UNIQUE (project, idempotency_key)
);

CREATE INDEX phase_diagram_by_project ON phase_diagram (project, id DESC);
