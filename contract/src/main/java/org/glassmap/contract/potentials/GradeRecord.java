package org.glassmap.contract.potentials;

/**
 * The extrapolation grade beside a potential.
 *
 * @param artifact of its file
 * @param dataset id of the frozen version its environments were chosen from
 * @param environments how many were chosen
 * @param converged whether no environment of the dataset is graded above 1.01
 */
public record GradeRecord(String artifact, String dataset, int environments, boolean converged) {}
