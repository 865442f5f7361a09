-- What a training that has succeeded says of its potential, frame by frame.
create table training_report (
    training uuid primary key references training,
    report jsonb not null
);

-- Which start of a member an epoch belongs to; all but the best of a member are given up.
alter table epoch_error add column start int not null default 1;
alter table epoch_error drop constraint epoch_error_pkey;
alter table epoch_error add primary key (training, member, start, epoch);

-- Absent where the spread of the committee is not calibrated.
alter table potential_source add column calibration jsonb;
