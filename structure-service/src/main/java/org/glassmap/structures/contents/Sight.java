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

    /** In whose name the caller makes things. What an agent makes is its own until a result hands it on. */
    public Owner owner() {
        Caller caller = Caller.current();
        if (caller.has(Scope.AGENT)) {
            return agent(caller.user());
        }
        return new Owner(caller.requireProject().value(), caller.user(), caller.sharesResults());
    }

    /** The owner of what the agents of a user put: no project, so that nobody sees it. */
    public static Owner agent(String user) {
        return new Owner("agents of " + user, user);
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
        if (ContentId.isHash(hash)) {
            ContentId content = new ContentId(kind, hash);
            if (leases.name(caller.user(), content)
                    || grants.sees(agent(caller.user()).project(), content)) {
                return content;
            }
        }
        throw new NothingThere(kind.word(), id);
    }
}
