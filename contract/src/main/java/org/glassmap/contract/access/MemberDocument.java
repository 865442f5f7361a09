package org.glassmap.contract.access;

import java.time.Instant;

/** A user who belongs to a project. A token is good for a project only while its user is a member. */
public record MemberDocument(String user, Instant since) {}
