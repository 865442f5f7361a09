-- Files by hash. The bytes lie on the disk.
CREATE TABLE artifact (
    hash       text        COLLATE "C" PRIMARY KEY,
    bytes      bigint      NOT NULL,
    media_type text        NOT NULL,
    created    timestamptz NOT NULL DEFAULT now()
);
