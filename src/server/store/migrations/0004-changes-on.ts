/**
 * The day on which a person's row would come out differently though nobody wrote: a birthday, or an admission that
 * leaves the twelve months. Null: never. Rows of before are worked out once more at the next reading.
 */
export const sql0004ChangesOn = `
alter table person_row add column changes_on date;
update person_row set changes_on = worked_out;
create index person_row_changes_on on person_row (changes_on);
`
