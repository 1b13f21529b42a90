-- Each run of a criterion over the register, with what it rested on.
create table run (
    run_id text not null,
    criterion text not null,
    version text not null,
    reason text not null,
    digest text not null,
    as_of text not null,
    register_version bigint not null,
    run_at text not null,
    registered bigint not null,
    adults bigint not null,
    found bigint not null,
    objected bigint not null,
    summary text not null,
    primary key (run_id)
);
create index run_criterion on run (criterion, run_at);

-- Whom a run found, where they are registered, and what counted.
create table found (
    person_id text not null,
    run_id text not null,
    practice text,
    neighbourhood text,
    network text,
    -- How many conditions counted, as a number below nothing, so that the most come first.
    fewer bigint not null,
    evidence text not null,
    primary key (person_id, run_id)
);
create index found_practice on found (run_id, practice, fewer, person_id);
create index found_neighbourhood on found (run_id, neighbourhood, fewer, person_id);
create index found_network on found (run_id, network, fewer, person_id);
