-- Forces [3n] and stress [9] as big-endian IEEE doubles, eV/Å and eV/Å³.
CREATE TABLE label (
    hash      text COLLATE "C" PRIMARY KEY,
    structure text COLLATE "C" NOT NULL REFERENCES structure,
    method    text COLLATE "C" NOT NULL REFERENCES method,
    energy    double precision NOT NULL,
    forces    bytea,
    stress    bytea
);

CREATE INDEX label_by_structure ON label (structure);
CREATE INDEX label_by_method ON label (method);

-- Where a label came from. An upload is its project's own; what came out of a calculation is seen by those who see that.
CREATE TABLE label_source (
    label       text COLLATE "C" NOT NULL REFERENCES label,
    key         text COLLATE "C" NOT NULL,
    project     text,
    calculation text COLLATE "C",
    step        integer,
    upload      text,
    attributes  text NOT NULL,
    made        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (label, key),
    CHECK ((calculation IS NULL) <> (project IS NULL))
);

CREATE INDEX label_source_by_calculation ON label_source (calculation) WHERE calculation IS NOT NULL;
