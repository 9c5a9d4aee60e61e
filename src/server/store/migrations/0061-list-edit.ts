/** Counts the changes of a saved list: whoever changes it says which one they had read. */
export const sql0061ListEdit = `
alter table saved_list add column edit integer not null default 1;
`
