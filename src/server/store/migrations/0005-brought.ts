/** True while the current version of a record is the one that an import wrote: only such a one may an import replace. */
export const sql0005Brought = `
alter table resource add column brought boolean not null default false;
`
