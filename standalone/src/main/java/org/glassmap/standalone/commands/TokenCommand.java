package org.glassmap.standalone.commands;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.glassmap.contract.access.IssuedToken;
import org.glassmap.contract.access.NewToken;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.access.TokenDocument;
import org.glassmap.contract.access.TokensApi;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.ResourceAccessException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes tokens. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and revokes tokens.",
        synopsisSubcommandLabel = "COMMAND")
public final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What about tokens? See below.");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a token and prints its secret, once, to standard output; what it is goes to the error"
                    + " stream.")
    void create(
            @Mixin DataFolder data,
            @Option(names = "--user", required = true, paramLabel = "USER", description = "Whose it is.") String user,
            @Option(
                            names = "--project",
                            paramLabel = "PROJECT",
                            description = "A project it is good for, by name or id; may be repeated.")
                    @Nullable
                    List<String> projects,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "read, write, admin or agent; may be repeated. Default: read and write.")
                    @Nullable
                    List<String> scopes,
            @Option(names = "--days", paramLabel = "N", description = "Days until it expires. Default: it does not.")
                    @Nullable
                    Integer days,
            @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.") @Nullable String label) {
        NewToken wanted = new NewToken(user, label, projects, scopesOf(scopes), days);
        withTokens(data, tokens -> {
            IssuedToken issued = Objects.requireNonNull(tokens.create(wanted).getBody());
            spec.commandLine().getErr().println(line(issued.token()));
            out().println(issued.secret());
        });
    }

    private static Set<Scope> scopesOf(@Nullable List<String> names) {
        if (names == null) {
            return EnumSet.of(Scope.READ, Scope.WRITE);
        }
        return names.stream().map(Scope::ofWireName).collect(Collectors.toSet());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "All tokens, without their secrets.")
    void list(@Mixin DataFolder data) {
        withTokens(data, tokens -> tokens.list().forEach(token -> out().println(line(token))));
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Makes a token worthless within seconds.")
    void revoke(
            @Mixin DataFolder data, @Parameters(paramLabel = "TOKEN", description = "Its id or prefix.") String token) {
        withTokens(data, tokens -> out().println(line(tokens.revoke(token))));
    }

    private void withTokens(DataFolder data, Consumer<TokensApi> work) {
        AdminClient admin = new AdminClient(data.existing());
        try {
            work.accept(admin.api(TokensApi.class));
        } catch (ResourceAccessException e) {
            throw admin.away(e);
        }
    }

    private static String line(TokenDocument token) {
        String scopes = token.scopes().stream().map(Scope::wireName).sorted().collect(Collectors.joining(","));
        StringBuilder line = new StringBuilder(token.prefix() + "  " + token.user() + "  " + scopes);
        token.projects().forEach(project -> line.append("  ").append(project));
        if (token.label() != null) {
            line.append("  (").append(token.label()).append(')');
        }
        if (token.expires() != null) {
            line.append("  expires ").append(token.expires());
        }
        if (token.revoked() != null) {
            line.append("  revoked ").append(token.revoked());
        }
        return line.toString();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
