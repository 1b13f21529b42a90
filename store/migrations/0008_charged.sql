-- Those about whom a charge was decided.
create index entry_charged on entry (person_id) where kind = 'charge-decided';
