/**
 * How many people were alike a year ago, and how many of them stayed in hospital since, as far as they are counted today: in
 * parts, as the chances are given (0065). Read by the service alone.
 */
export const sql0068AlikeSoFar = `
create table alike_so_far (likeness text primary key, people integer not null, stayed integer not null);
alter table alike_so_far enable row level security;
`
