-- Descriptor settings proposed from a dataset. How the job stands is the job's own.
create table proposal (
    id uuid primary key references job,
    project text not null,
    maker text not null,
    idempotency_key text not null,
    body_hash text not null,
    -- With every default filled in; the dataset by the id of its frozen version.
    request jsonb not null,
    -- Descriptor, trials and distances; null before the end.
    answer jsonb,
    created timestamptz not null,
    unique (project, idempotency_key)
);
