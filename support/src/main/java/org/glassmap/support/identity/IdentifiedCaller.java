package org.glassmap.support.identity;

import java.util.Collection;
import java.util.List;
import org.glassmap.contract.access.Scope;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A {@link Caller} as Spring Security carries it. */
public final class IdentifiedCaller extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    public IdentifiedCaller(Caller caller) {
        super(authorities(caller));
        this.caller = caller;
        setAuthenticated(true);
    }

    private static Collection<GrantedAuthority> authorities(Caller caller) {
        return caller.scopes().stream()
                .<GrantedAuthority>map(scope -> new SimpleGrantedAuthority(authority(scope)))
                .toList();
    }

    /** @return the scope's name as an authority of Spring Security */
    public static String authority(Scope scope) {
        return "SCOPE_" + scope.wireName();
    }

    static String[] authorities(List<Scope> scopes) {
        return scopes.stream().map(IdentifiedCaller::authority).toArray(String[]::new);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return caller.user();
    }
}
