-- A chain may go on from several parents: each candidate says from which. Candidates of before have none.
alter table candidate add column parent text;
