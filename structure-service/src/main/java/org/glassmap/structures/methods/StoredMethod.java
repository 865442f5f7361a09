package org.glassmap.structures.methods;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** The row of a method. Never changes. */
@Entity
@Immutable
@Table(name = "method")
class StoredMethod {

    @Id
    private String hash = "";

    private String document = "";

    @Column(name = "level_of_theory")
    private String levelOfTheory = "";

    String hash() {
        return hash;
    }

    /** Canonical JSON of engine, kind and settings. */
    String document() {
        return document;
    }

    String levelOfTheory() {
        return levelOfTheory;
    }
}
