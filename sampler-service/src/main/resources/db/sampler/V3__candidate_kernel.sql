-- Kernels differ in last bits: which one computed a candidate's energies and relaxed it, as its id (such as lanes8-2).
-- Candidates of before have none.
alter table candidate add column kernel text;
