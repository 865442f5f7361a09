package org.glassmap.structures.contents;

import org.glassmap.contract.access.Scope;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.NothingThere;
import org.springframework.stereotype.Component;

/** What the caller of the present request may see, and in whose name he acts. */
@Component
public class Sight {

    private final Grants grants;
    private final LeasedContents leases;

    Sight(Grants grants, LeasedContents leases) {
        this.grants = grants;
        this.leases = leases;
    }

    /** In whose name the caller makes things. */
    public Owner owner() {
        Caller caller = Caller.current();
        return new Owner(caller.requireProject().value(), caller.user());
    }

    public String project() {
        return Caller.current().requireProject().value();
    }

    /**
     * What an id, or the beginning of one that is unique in the project, stands for. An agent sees what its leases
     * name, and needs the id in full.
     *
     * @throws NothingThere if the caller sees nothing of that name
     */
    public ContentId resolve(ContentKind kind, String id) {
        Caller caller = Caller.current();
        if (!caller.has(Scope.AGENT)) {
            return grants.resolve(project(), kind, id);
        }
        String head = kind.word() + "-";
        String hash = id.startsWith(head) ? id.substring(head.length()) : id;
        if (!ContentId.isHash(hash) || !leases.name(caller.user(), new ContentId(kind, hash))) {
            throw new NothingThere(kind.word(), id);
        }
        return new ContentId(kind, hash);
    }
}
