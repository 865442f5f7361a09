-- The document is the canonical JSON the hash is made of: engine, kind, settings.
CREATE TABLE method (
    hash            text COLLATE "C" PRIMARY KEY,
    engine          text NOT NULL,
    kind            text NOT NULL,
    document        text NOT NULL,
    level_of_theory text NOT NULL
);
