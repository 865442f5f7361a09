package org.glassmap.gateway.access;

import java.net.URI;
import java.util.List;
import org.glassmap.contract.access.MemberDocument;
import org.glassmap.contract.access.NewProject;
import org.glassmap.contract.access.ProjectDocument;
import org.glassmap.contract.access.ProjectsApi;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.NothingThere;
import org.glassmap.support.problems.ProblemException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProjectsController implements ProjectsApi {
    private final AccessStore store;
    private final KnownTokens tokens;

    ProjectsController(AccessStore store, KnownTokens tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    @Override
    public List<ProjectDocument> list() {
        KnownToken caller = KnownToken.current();
        return caller.isAdmin() ? store.projects() : caller.projects();
    }

    @Override
    public ResponseEntity<ProjectDocument> create(NewProject project) {
        KnownToken.current().requireAdmin();
        ProjectDocument made = store.insertProject(project.name(), project.shares())
                .orElseThrow(() -> ProblemException.of(
                        RequestProblem.CONFLICT, "There is a project named " + project.name() + " already."));
        return ResponseEntity.created(URI.create("/v1/projects/" + made.id())).body(made);
    }

    @Override
    public ProjectDocument get(String project) {
        return visible(project);
    }

    @Override
    public List<MemberDocument> members(String project) {
        return store.members(visible(project).id());
    }

    @Override
    public MemberDocument add(String project, String user) {
        KnownToken.current().requireAdmin();
        MemberDocument member = store.addMember(visible(project).id(), user);
        tokens.forget();
        return member;
    }

    @Override
    public ResponseEntity<Void> remove(String project, String user) {
        KnownToken.current().requireAdmin();
        store.removeMember(visible(project).id(), user);
        tokens.forget();
        return ResponseEntity.noContent().build();
    }

    private ProjectDocument visible(String project) {
        KnownToken caller = KnownToken.current();
        return (caller.isAdmin() ? store.project(project) : caller.project(project))
                .orElseThrow(() -> new NothingThere("project", project));
    }
}
