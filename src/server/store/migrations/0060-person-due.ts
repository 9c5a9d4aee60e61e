/**
 * The day on which a person’s row changes by itself has a table of its own. In `person_row` it stood in an index, and
 * it changes whenever a row is worked out again: every such row was written into all of its indexes once more. Without it a row
 * whose lists do not change stays where it is (HOT), in the room that each page keeps free for that.
 */
export const sql0060PersonDue = `
create table person_due (person text primary key, changes_on date not null);
insert into person_due select person, changes_on from person_row where changes_on is not null;
create index person_due_day on person_due (changes_on, person);
alter table person_due enable row level security;
alter table person_row drop column changes_on;
alter table person_row set (fillfactor = 80);
`
