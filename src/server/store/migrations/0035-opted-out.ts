/** What a person said no to (`domain/opt-out`), derived from their Consents. The index is for counting these few. */
export const sql0035OptedOut = `
alter table person_row add column opted_out text[] not null default '{}';
create index person_row_opted_out on person_row (person) where opted_out <> '{}';
`
