-- An extrapolation grade belongs to a potential and to the dataset its environments were chosen from; the potential's id
-- does not depend on it. The file is an artifact of the structure-service.
create table potential_grade (
    id uuid primary key,
    project text not null,
    potential text not null references potential,
    dataset text not null,
    artifact text not null check (artifact ~ '^artifact-[0-9a-f]{64}$'),
    environments int not null,
    converged boolean not null,
    code_version text not null,
    created timestamptz not null,
    unique (project, potential, dataset)
);
create index potential_grade_newest on potential_grade (project, potential, id desc);

-- What a potential was put through before use, and what came of it. How the job stands is the job's own.
create table acceptance (
    id uuid primary key references job,
    project text not null,
    maker text not null,
    idempotency_key text not null,
    body_hash text not null,
    potential text not null references potential,
    -- With every default filled in.
    request jsonb not null,
    passed boolean,
    report jsonb,
    code_version text not null,
    created timestamptz not null,
    unique (project, idempotency_key)
);
create index acceptance_listing on acceptance (project, id desc);
create index acceptance_of on acceptance (project, potential, id desc);
