-- Where a person's plan stands, and the risk until the next look.
alter table summary add column plan text;
alter table summary add column risk text;
