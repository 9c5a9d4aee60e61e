/**
 * What a full name is looked up in, whether a record is in use, and the record that stands for one that was joined into it.
 * Rows and values of the version before are worked out by `foldNames`.
 */
export const sql0015OnePerson = `
alter table person_row add column families text not null default '';
alter table person_row add column in_use boolean not null default true;
alter table person_row add column replaced_by text;
create index person_row_nhs on person_row (nhs);
create index person_row_replaced_by on person_row (replaced_by) where replaced_by is not null;
update person_row set families = ' ' || lower(family) where family ~ '^[A-Za-z]+$';
`
