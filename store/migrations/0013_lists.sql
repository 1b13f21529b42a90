-- What a user has looked at since an instant: a long list asks it once, not person by person.
create index access_of_user on access (user_id, what, at);

-- A list of work is put in order from its index alone.
drop index work_of_team;
create index work_of_team on work (team, due, person_id, entry, task, urgent, user_id)
    where team is not null;
drop index work_of_user;
create index work_of_user on work (user_id, due, person_id, entry, task, urgent, team)
    where user_id is not null;
