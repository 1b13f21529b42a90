-- Who may sign in.
create table account (
    user_id text not null,
    login text not null,
    name text not null,
    -- An argon2 hash in PHC form; empty where somebody signs in elsewhere.
    password text,
    active bigint not null,
    created_at text not null,
    signed_in_at text,
    -- The person this user is, for residents.
    person_id text,
    primary key (user_id)
);
create unique index account_login on account (login);

-- In which role, for which organisation, in which team; dated.
create table seat (
    user_id text not null,
    role text not null,
    organisation text not null,
    team text,
    from_day text not null,
    until_day text,
    primary key (user_id, role, organisation, from_day)
);
create index seat_team on seat (team);

-- Sessions, by the hash of their token.
create table session (
    token_hash text not null,
    user_id text not null,
    began_at text not null,
    used_at text not null,
    primary key (token_hash)
);
create index session_of_user on session (user_id);
create index session_used on session (used_at);
