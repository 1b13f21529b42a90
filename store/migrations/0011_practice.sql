-- Practice worth sharing, written up from a case: it names nobody, and nothing here leads to a person.
create table practice_note (
    note_id text not null,
    -- The day alone: an instant would lead to what was looked at then.
    written_on text not null,
    user_id text not null,
    user_name text not null,
    role text not null,
    organisation text not null,
    theme text not null,
    title text not null,
    situation text not null,
    done text not null,
    learned text not null,
    withdrawn_on text,
    withdrawn_by text,
    primary key (note_id)
);
create index practice_note_shared on practice_note (written_on, note_id) where withdrawn_on is null;
create index practice_note_theme on practice_note (theme, written_on, note_id)
    where withdrawn_on is null;
create index practice_note_author on practice_note (user_id, written_on);

-- The words by which it is found.
create table practice_word (
    token text not null,
    note_id text not null,
    primary key (token, note_id)
){clustered};
create index practice_word_of on practice_word (note_id);
