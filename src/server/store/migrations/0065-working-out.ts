/**
 * How far the chances of a day and the costs of a month have been given: everybody up to `after`, by their id. Whoever
 * opens a list next goes on from there. `people` is how many there were when the count began. No row: nothing is under way. Read by the
 * service alone, because it names a person.
 */
export const sql0065WorkingOut = `
create table working_out (what text primary key, day date not null, after text not null, people integer not null default 0);
alter table working_out enable row level security;
`
