-- Who sees what. Hashes are 64 lower-case hexadecimal digits; "C" keeps their order that of the bytes.
CREATE TABLE content_grant (
    number  bigint GENERATED ALWAYS AS IDENTITY,
    project text        NOT NULL,
    kind    text        NOT NULL,
    hash    text        COLLATE "C" NOT NULL,
    maker   text        NOT NULL,
    source  text        NOT NULL,
    granted timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project, kind, hash)
);

CREATE UNIQUE INDEX content_grant_in_order ON content_grant (project, kind, number);

-- Those who asked for one thing, whichever project they are: a result goes to all of them.
CREATE INDEX content_grant_by_content ON content_grant (kind, hash);
