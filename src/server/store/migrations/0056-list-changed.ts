/** When the filters of a saved list were changed last; null: they are those that it was made with. */
export const sql0056ListChanged = `
alter table saved_list add column filters_changed timestamptz;
`
