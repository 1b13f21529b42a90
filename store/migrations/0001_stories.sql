-- A person's story: entries that are added and never changed.
create table entry (
    person_id text not null,
    number bigint not null,
    on_date text not null,
    recorded_at text not null,
    user_id text not null,
    user_name text not null,
    role text not null,
    organisation text not null,
    audience text not null,
    corrects bigint,
    kind text not null,
    version bigint not null,
    body text not null,
    body_hash text not null,
    hash text not null,
    primary key (person_id, number)
){clustered};

-- How long each story is and where its chain ends: whoever appends changes this row first.
create table story (
    person_id text not null,
    length bigint not null,
    head text not null,
    primary key (person_id)
){clustered};

-- Derived from the story, replaced at every append: one row for lists.
create table summary (
    person_id text not null,
    stage text not null,
    keeper text,
    objected bigint not null,
    begun_on text not null,
    last_on text not null,
    -- Who they are, for those whom the register of residents does not know; otherwise nothing.
    identity text,
    born text,
    nhs_number text,
    primary key (person_id)
){clustered};
create index summary_objected on summary (person_id) where objected = 1;
create index summary_nhs_number on summary (nhs_number) where nhs_number is not null;

-- Derived: what is due.
create table work (
    person_id text not null,
    entry bigint not null,
    task text not null,
    due text not null,
    urgent bigint not null,
    team text,
    user_id text,
    primary key (person_id, entry, task)
){clustered};
create index work_of_team on work (team, due, person_id, entry) where team is not null;
create index work_of_user on work (user_id, due, person_id, entry) where user_id is not null;

-- Derived: who works with the person now.
create table member (
    person_id text not null,
    user_id text not null,
    since text not null,
    keeper bigint not null,
    primary key (person_id, user_id)
){clustered};
create index member_user on member (user_id, person_id);

-- Who looked at a person's record: chained like the story.
create table access (
    person_id text not null,
    number bigint not null,
    at text not null,
    user_id text not null,
    user_name text not null,
    role text not null,
    organisation text not null,
    what text not null,
    reason text,
    hash text not null,
    primary key (person_id, number)
){clustered};
create table access_log (
    person_id text not null,
    length bigint not null,
    head text not null,
    primary key (person_id)
){clustered};

-- Who searched, or looked at a list: about no one person.
create table search (
    user_id text not null,
    at text not null,
    number bigint not null,
    user_name text not null,
    role text not null,
    organisation text not null,
    what text not null,
    shown bigint not null,
    primary key (user_id, at, number)
){clustered};
