-- Who may do what. No other service can read this schema.

CREATE TABLE project (
    id             uuid        PRIMARY KEY,
    name           text        NOT NULL UNIQUE,
    shares_results boolean     NOT NULL,
    created        timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE member (
    project   uuid        NOT NULL REFERENCES project,
    user_name text        NOT NULL,
    since     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project, user_name)
);

CREATE TABLE token (
    id        uuid        PRIMARY KEY,
    prefix    text        NOT NULL UNIQUE,
    hash      bytea       NOT NULL CHECK (octet_length(hash) = 32), -- sha-256 of the whole token
    user_name text        NOT NULL,
    label     text,
    scopes    text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    created   timestamptz NOT NULL DEFAULT now(),
    expires   timestamptz,
    last_used timestamptz,
    revoked   timestamptz
);

CREATE TABLE token_project (
    token   uuid NOT NULL REFERENCES token,
    project uuid NOT NULL REFERENCES project,
    PRIMARY KEY (token, project)
);

-- The private key that signs the tokens of the inside, as a JWK. The newest signs; all are told to the services.
CREATE TABLE signing_key (
    id      text        PRIMARY KEY,
    jwk     text        NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);
