-- What a long job shows of itself, the same in every service that runs some. The row is the truth.
create table job (
    id uuid primary key,
    kind text not null,
    project text not null,
    state text not null default 'QUEUED'
        check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    -- Counts the runners; every write of a runner names its own, so that one that was overtaken changes nothing.
    epoch bigint not null default 0,
    checkpoint bytea,
    fraction double precision not null default 0,
    phase text not null default 'waits for its turn',
    seconds_left double precision,
    waiting_reason text,
    cancel_wanted boolean not null default false,
    failure text,
    created timestamptz not null default clock_timestamp(),
    started timestamptz,
    ended timestamptz
);

-- Numbered without gaps under the job's row lock: a reader that is ahead loses nothing.
create table job_event (
    job uuid not null references job,
    number bigint not null,
    kind text not null,
    body jsonb not null,
    time timestamptz not null default clock_timestamp(),
    primary key (job, number)
);

-- db-scheduler's own table, as its documentation gives it.
create table scheduled_tasks (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures int,
    last_heartbeat timestamptz,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
