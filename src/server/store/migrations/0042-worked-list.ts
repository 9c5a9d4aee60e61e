/**
 * When somebody is to be looked at again, and who decided that and when (`domain/case`), derived from their cases. The
 * index is for the few who are deferred. Rows with a decision are worked out again, on the next question for a list.
 *
 * `facts`: beside each person whom a reader was shown, the chance and what it was counted from, so that a list can say
 * who moved up and why.
 */
export const sql0042WorkedList = `
alter table person_row add column look_again date, add column decided_by text, add column decided_on date;
create index person_row_look_again on person_row (look_again) where look_again is not null;
update person_row set changes_on = worked_out where case_status = 'cancelled';
alter table list_shown add column facts text[];
alter table list_seen add column facts text[];
`
