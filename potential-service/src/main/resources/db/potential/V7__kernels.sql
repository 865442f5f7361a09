-- Kernels differ in last bits. Which one computed stands beside what it computed, as its id (such as plain-3); null where
-- nothing has been computed yet, and where it was before this was written down.
alter table training add column kernel text;
alter table acceptance add column kernel text;
-- Of the training that made it; null for an import, which nothing here computed.
alter table potential_source add column kernel text;
