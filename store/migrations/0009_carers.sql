-- The code of a link between a carer and whom they care for that waits for its answer; and who is a carer.
alter table summary add column offer text;
alter table summary add column carer bigint not null default 0;
create index summary_offer on summary (offer) where offer is not null;
create index summary_carer on summary (person_id) where carer = 1;
