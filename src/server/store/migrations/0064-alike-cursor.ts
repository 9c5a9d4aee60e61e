/**
 * How far everybody who was here before records were compared has been compared with the others, by their id. No row:
 * everybody has. It is read by the service alone.
 */
export const sql0064AlikeCursor = `
create table alike_cursor (one boolean primary key default true check (one), after text not null);
insert into alike_cursor (after) select '' where exists (select 1 from person_row);
alter table alike_cursor enable row level security;
`
