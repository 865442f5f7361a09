package org.glassmap.contract.access;

import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Projects and their members. An admin makes them; others see their own. A project is named by id or by name. */
@HttpExchange("/v1/projects")
public interface ProjectsApi {
    /** All that the caller may see, by name. */
    @GetExchange
    List<ProjectDocument> list();

    /** 201; 409 where the name is taken. */
    @PostExchange
    ResponseEntity<ProjectDocument> create(@RequestBody NewProject project);

    @GetExchange("/{project}")
    ProjectDocument get(@PathVariable String project);

    /** By user name. */
    @GetExchange("/{project}/members")
    List<MemberDocument> members(@PathVariable String project);

    /** Repeatable. */
    @PutExchange("/{project}/members/{user}")
    MemberDocument add(@PathVariable String project, @PathVariable String user);

    /** Repeatable. The user's tokens stop working for this project within seconds. 204. */
    @DeleteExchange("/{project}/members/{user}")
    ResponseEntity<Void> remove(@PathVariable String project, @PathVariable String user);
}
