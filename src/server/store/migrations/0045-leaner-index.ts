/**
 * What no statement reads is no longer stored with each row of the index: the organisation, which stands with the record. Rows of
 * one record are found by it alone: equal entries of an index share their space, those with the key beside it did not.
 * Rows that say what others say are taken away by `trimIndex`.
 */
export const sql0045LeanerIndex = `
alter table sp drop column org;
alter table ref drop column org;
alter table idx drop column org;
alter table change drop column org;
drop index sp_rid;
create index sp_rid on sp (rid);
drop index ref_rid;
create index ref_rid on ref (rid);
`
