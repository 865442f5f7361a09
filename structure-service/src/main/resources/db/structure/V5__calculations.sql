-- What to compute, and how that ended. Counts are failures of each class that took part of its budget.
CREATE TABLE calculation (
    hash           text        COLLATE "C" PRIMARY KEY,
    structure      text        COLLATE "C" NOT NULL REFERENCES structure,
    method         text        COLLATE "C" NOT NULL REFERENCES method,
    state          text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'succeeded', 'failed', 'cancelled')),
    attempts       integer     NOT NULL DEFAULT 0,
    code           integer     NOT NULL DEFAULT 0,
    infrastructure integer     NOT NULL DEFAULT 0,
    failure        text,
    created        timestamptz NOT NULL DEFAULT now(),
    ended          timestamptz
);

CREATE INDEX calculation_by_structure ON calculation (structure);

-- Which projects want it, and how. It is cancelled when none does.
CREATE TABLE calculation_request (
    calculation text    COLLATE "C" NOT NULL REFERENCES calculation,
    project     text    NOT NULL,
    tags        text[]  NOT NULL,
    priority    integer NOT NULL,
    withdrawn   timestamptz,
    PRIMARY KEY (calculation, project)
);

-- What is not done yet: narrow and hot. state 0 is ready, 1 leased. The row goes when the calculation ends.
CREATE TABLE task (
    calculation text        COLLATE "C" PRIMARY KEY REFERENCES calculation,
    number      bigint      GENERATED ALWAYS AS IDENTITY,
    state       smallint    NOT NULL DEFAULT 0,
    engine      text        NOT NULL,
    tags        text[]      NOT NULL,
    priority    integer     NOT NULL,
    run_after   timestamptz NOT NULL DEFAULT now(),
    attempt     integer     NOT NULL DEFAULT 0,
    agent       text,
    lease       text        COLLATE "C",
    lease_until timestamptz,
    submitted   boolean     NOT NULL DEFAULT false,
    cancel      boolean     NOT NULL DEFAULT false,
    CHECK ((state = 1) = (lease IS NOT NULL))
) WITH (
    fillfactor = 60,
    autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_analyze_scale_factor = 0.01
);

-- Exactly what a claim looks for.
CREATE INDEX task_ready ON task (engine, priority DESC, number) WHERE state = 0;
-- A lease is addressed by its id alone, and its state is looked at afterwards: see the queue's ADR.
CREATE UNIQUE INDEX task_lease ON task (lease) WHERE lease IS NOT NULL;
CREATE INDEX task_expiry ON task (lease_until) WHERE state = 1;

CREATE TABLE agent (
    id            text        PRIMARY KEY,
    owner         text        NOT NULL,
    name          text        NOT NULL,
    tags          text[]      NOT NULL,
    capabilities  text[]      NOT NULL,
    registered    timestamptz NOT NULL DEFAULT now(),
    last_seen     timestamptz,
    breaker       text        NOT NULL DEFAULT 'closed' CHECK (breaker IN ('closed', 'open', 'half-open')),
    breaker_since timestamptz NOT NULL DEFAULT now(),
    UNIQUE (owner, name)
) WITH (fillfactor = 50);

-- One per lease, kept for ever.
CREATE TABLE attempt (
    lease         text        COLLATE "C" PRIMARY KEY,
    calculation   text        COLLATE "C" NOT NULL REFERENCES calculation,
    number        integer     NOT NULL,
    agent         text        NOT NULL REFERENCES agent,
    phase         text        NOT NULL DEFAULT 'claimed',
    scheduler_job text,
    step          integer,
    energy        double precision,
    started       timestamptz NOT NULL DEFAULT now(),
    ended         timestamptz,
    outcome       text,
    message       text,
    corrections   text[]      NOT NULL DEFAULT '{}',
    artifacts     text[]      NOT NULL DEFAULT '{}',
    program       text,
    report        text,
    effect        text,
    UNIQUE (calculation, number)
) WITH (fillfactor = 70);

CREATE INDEX attempt_held ON attempt (agent) WHERE ended IS NULL;
CREATE INDEX attempt_failed ON attempt (agent, ended)
    WHERE outcome IN ('retryable-infrastructure', 'retryable-code');

-- The same key answers with the same leases.
CREATE TABLE claim (
    agent  text        NOT NULL REFERENCES agent,
    key    text        NOT NULL,
    leases text[]      NOT NULL,
    made   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agent, key)
);

CREATE INDEX claim_by_age ON claim (made);

-- What came of a lease. One is accepted per calculation; others are kept beside it.
CREATE TABLE result (
    lease             text        COLLATE "C" PRIMARY KEY REFERENCES attempt,
    calculation       text        COLLATE "C" NOT NULL REFERENCES calculation,
    standing          text        NOT NULL CHECK (standing IN ('accepted', 'duplicate', 'kept')),
    energy            double precision NOT NULL,
    energy_difference double precision,
    converged         boolean     NOT NULL,
    evaluations       integer     NOT NULL,
    spread            double precision,
    final_structure   text        COLLATE "C" NOT NULL REFERENCES structure,
    labels            text[]      NOT NULL,
    made              timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX result_accepted ON result (calculation) WHERE standing = 'accepted';
CREATE INDEX result_by_calculation ON result (calculation);

CREATE TABLE batch (
    id        text        PRIMARY KEY,
    project   text        NOT NULL,
    maker     text        NOT NULL,
    key       text        NOT NULL,
    body_hash text        NOT NULL,
    created   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (project, key)
);

CREATE TABLE batch_calculation (
    batch       text    NOT NULL REFERENCES batch,
    place       integer NOT NULL,
    calculation text    COLLATE "C" NOT NULL REFERENCES calculation,
    PRIMARY KEY (batch, place)
);

CREATE INDEX batch_calculation_by_calculation ON batch_calculation (calculation);
