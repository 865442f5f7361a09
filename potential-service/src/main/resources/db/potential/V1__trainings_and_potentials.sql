-- A training is a document and a job of the same id; how the job stands is the job's own.
create table training (
    id uuid primary key references job,
    project text not null,
    maker text not null,
    idempotency_key text not null,
    -- Of the request as it was sent: the same key with another body is refused.
    body_hash text not null,
    dataset text not null,
    -- With every default filled in.
    request jsonb not null,
    potential text,
    created timestamptz not null,
    unique (project, idempotency_key)
);
create index training_listing on training (project, id desc);

-- What a crash repeats is written once: the same epoch of the same member has the same errors.
create table epoch_error (
    training uuid not null references training,
    member int not null,
    epoch int not null,
    training_energy double precision not null,
    training_force double precision,
    validation_energy double precision,
    validation_force double precision,
    primary key (training, member, epoch)
);

-- A potential is what it computes: its id is the sha-256 of that, and nobody owns it.
create table potential (
    id text primary key check (id ~ '^[0-9a-f]{64}$'),
    artifact text not null check (artifact ~ '^artifact-[0-9a-f]{64}$'),
    members int not null check (members > 0),
    species text[] not null,
    cutoff double precision not null,
    created timestamptz not null
);

-- Who may see it. The number orders a project's listing.
create table potential_grant (
    number uuid primary key,
    project text not null,
    potential text not null references potential,
    maker text not null,
    given timestamptz not null,
    unique (project, potential)
);
create index potential_grant_listing on potential_grant (project, number desc);

-- Where it came from, with everything needed to make it again; equal potentials may come out of several trainings.
create table potential_source (
    id uuid primary key,
    project text not null,
    potential text not null references potential,
    maker text not null,
    training uuid references training,
    dataset text,
    seed bigint,
    settings jsonb,
    errors jsonb not null,
    imported text,
    code_version text not null,
    time timestamptz not null,
    check ((training is null) <> (imported is null)),
    unique nulls not distinct (project, potential, training, imported)
);
create index potential_source_of on potential_source (project, potential, id);
