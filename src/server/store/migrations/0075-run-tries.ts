/** How often a run of a measure failed at the same people, and whether it is over the standard twelve months. */
export const sql0075RunTries = `
alter table cql_run add column tries integer not null default 0, add column is_standard boolean not null default true;
`
