create table campaign (
    id uuid primary key references job,
    project text not null,
    maker text not null,
    idempotency_key text not null,
    body_hash text not null,
    request jsonb not null,
    step text,
    potential text,
    dataset text,
    digest text,
    created timestamptz not null default clock_timestamp(),
    unique (project, idempotency_key)
);
create index campaign_listing on campaign (project, id desc);

-- What a campaign has done, by the step's natural key: computed once, remembered for ever.
create table campaign_step (
    campaign uuid not null references campaign,
    path text not null,
    output jsonb not null,
    ended timestamptz not null default clock_timestamp(),
    primary key (campaign, path)
);

create table campaign_iteration (
    campaign uuid not null references campaign,
    number int not null,
    record jsonb not null,
    primary key (campaign, number)
);

create table candidate (
    campaign uuid not null references campaign,
    -- Orders the listing: front after front, chain after chain, rank after rank.
    number bigint not null,
    step text not null,
    chain text not null,
    fraction double precision not null,
    rank int not null,
    unrelaxed_energy double precision not null,
    removed text not null,
    relaxed text,
    label text,
    calculation text,
    energy_above_hull double precision,
    dropped text,
    primary key (campaign, number)
);
create index candidate_step on candidate (campaign, step);
create index candidate_dropped on candidate (campaign, number) where dropped is not null;

-- What the reference method has relaxed: a phase diagram is drawn of these.
create table campaign_point (
    campaign uuid not null references campaign,
    calculation text not null,
    number bigint not null,
    name text,
    structure text not null,
    label text not null,
    converged boolean not null,
    spread double precision,
    primary key (campaign, calculation)
);
