package org.glassmap.standalone.commands;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.Consumer;
import org.glassmap.contract.access.NewProject;
import org.glassmap.contract.access.ProjectDocument;
import org.glassmap.contract.access.ProjectsApi;
import org.springframework.web.client.ResourceAccessException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes and lists projects, and says who belongs to them. */
@Command(
        name = "project",
        mixinStandardHelpOptions = true,
        description = "Makes and lists projects, and says who belongs to them.",
        synopsisSubcommandLabel = "COMMAND")
public final class ProjectCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What about projects? See below.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "All projects.")
    void list(@Mixin DataFolder data) {
        withProjects(data, projects -> projects.list().forEach(this::print));
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a project.")
    void create(
            @Mixin DataFolder data,
            @Parameters(paramLabel = "NAME", description = "Letters, digits, dots, hyphens, underscores.") String name,
            @Option(
                            names = "--alone",
                            description = "Its calculations are not shared with other projects, nor theirs with it.")
                    boolean alone) {
        withProjects(
                data,
                projects -> print(Objects.requireNonNull(
                        projects.create(new NewProject(name, !alone)).getBody())));
    }

    @Command(name = "members", mixinStandardHelpOptions = true, description = "Who belongs to a project.")
    void members(@Mixin DataFolder data, @Parameters(paramLabel = "PROJECT") String project) {
        withProjects(
                data,
                projects -> projects.members(project)
                        .forEach(member -> out().println(member.user() + "  since " + member.since())));
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Lets a user into a project.")
    void add(
            @Mixin DataFolder data,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "USER") String user) {
        withProjects(data, projects -> projects.add(project, user));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes a user out of a project; his tokens stop working there within seconds.")
    void remove(
            @Mixin DataFolder data,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "USER") String user) {
        withProjects(data, projects -> projects.remove(project, user));
    }

    private void withProjects(DataFolder data, Consumer<ProjectsApi> work) {
        AdminClient admin = new AdminClient(data.existing());
        try {
            work.accept(admin.api(ProjectsApi.class));
        } catch (ResourceAccessException e) {
            throw admin.away(e);
        }
    }

    private void print(ProjectDocument project) {
        out().println(project.id() + "  " + project.name() + (project.sharesResults() ? "" : "  (alone)"));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
