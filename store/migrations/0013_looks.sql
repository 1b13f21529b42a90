-- What a user has looked at since an instant: a long list asks it once, not person by person.
create index access_of_user on access (user_id, what, at);
