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
    -- Empty once erased by law; the digest stays, and with it the chain.
    body text,
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
