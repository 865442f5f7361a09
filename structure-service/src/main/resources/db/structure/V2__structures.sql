CREATE TABLE structure (
    hash     text     COLLATE "C" PRIMARY KEY,
    content  bytea    NOT NULL,
    formula  text     NOT NULL,
    reduced  text     NOT NULL,
    elements text[]   NOT NULL,
    atoms    integer  NOT NULL,
    volume   double precision,
    x        double precision,
    warning  text
);

CREATE INDEX structure_by_reduced_formula ON structure (reduced);
CREATE INDEX structure_by_elements ON structure USING gin (elements);
