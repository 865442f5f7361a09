package org.glassmap.support.jobs;

/**
 * @param number from 1, without gaps
 * @param body JSON
 */
public record JobEvent(long number, String kind, String body) {}
