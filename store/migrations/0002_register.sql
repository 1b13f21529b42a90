-- The register of residents: what coded records say of people, replaced when they say otherwise.
create table resident (
    person_id text not null primary key,
    -- The record that is kept, of those about this person.
    system text not null,
    source_id text not null,
    updated text,
    nhs_number bigint,
    -- A number the record claims and another person holds.
    nhs_claimed bigint,
    nhs_verified bigint not null,
    family text not null,
    given text not null,
    -- Folded family and given names, in bytes so that both engines sort them alike.
    sort_key {bytes} not null,
    -- YYYY, YYYY-MM or YYYY-MM-DD; death also 'undated'.
    born text,
    death text,
    gender text not null,
    ethnicity text,
    language text,
    interpreter bigint not null,
    -- Lines parted by line ends.
    address text not null,
    postcode text,
    lsoa text,
    telephone text,
    practice text,
    restricted bigint not null,
    withdrawn bigint not null,
    -- A hash of all the record says: whether an arriving record is news.
    content bigint not null
);
create unique index resident_nhs_number on resident (nhs_number);
create index resident_born on resident (born, person_id);

-- What finding reads, apart from the rest so that it reads little: one row a person, with all their
-- coded records packed (care::find::packed).
create table coded (
    person_id text not null primary key,
    born text,
    death text,
    practice text,
    withdrawn bigint not null,
    records {bytes} not null
);

-- The words each person's name is found by, folded.
create table resident_name (
    token {bytes} not null,
    person_id text not null,
    primary key (token, person_id)
){clustered};

-- A source record that is not what is kept of its person, and the last change seen of it.
create table person_alias (
    person_id text not null primary key,
    stands_for text not null,
    updated text
){clustered};

create table practice (
    ods text not null primary key,
    name text not null,
    updated text
){clustered};

-- What the feed's references to organisations and roles stand for. Names are hashes.
create table organisation_ref (
    name bigint not null primary key,
    ods text,
    elsewhere bigint
){clustered};

-- A code's text as a feed shows it.
create table code_text (
    code bigint not null primary key,
    shown text not null
){clustered};

-- Moves when the register changes, and only then.
create table register_state (
    id bigint not null primary key,
    version bigint not null
);
insert into register_state (id, version) values (1, 0);

-- Each import that ended, with its account as JSON.
create table import_run (
    run_id text not null primary key,
    started_at text not null,
    ended_at text not null,
    source text not null,
    account text not null
);
