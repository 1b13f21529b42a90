-- The secret by which pages name entries: whoever has it can count them. Made once, by the first program that
-- shows pages.
create table entry_names (
    id bigint not null,
    secret {bytes} not null,
    primary key (id)
);
