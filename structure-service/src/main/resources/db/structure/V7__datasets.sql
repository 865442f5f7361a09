-- What a dataset holds never changes; names point to it.
CREATE TABLE dataset (
    hash            text      COLLATE "C" PRIMARY KEY,
    level_of_theory text      NOT NULL,
    labels          integer   NOT NULL,
    atoms           bigint    NOT NULL,
    elements        text[]    NOT NULL
);

CREATE TABLE dataset_label (
    dataset text COLLATE "C" NOT NULL REFERENCES dataset,
    label   text COLLATE "C" NOT NULL REFERENCES label,
    PRIMARY KEY (dataset, label)
);

CREATE INDEX dataset_label_by_label ON dataset_label (label);

CREATE TABLE dataset_version (
    number  bigint      GENERATED ALWAYS AS IDENTITY,
    project text        NOT NULL,
    name    text        COLLATE "C" NOT NULL,
    version integer     NOT NULL,
    dataset text        COLLATE "C" NOT NULL REFERENCES dataset,
    created timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project, name, version)
);

CREATE UNIQUE INDEX dataset_version_in_order ON dataset_version (project, number);
CREATE INDEX dataset_version_by_content ON dataset_version (project, dataset);
