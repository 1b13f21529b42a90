-- The words by which people are found whom the register of residents does not know.
create table described_name (
    token text not null,
    person_id text not null,
    primary key (token, person_id)
){clustered};
create index described_name_of on described_name (person_id);

-- The contacts that a user recorded.
create index entry_contacts on entry (user_id, recorded_at) where kind = 'contact';
