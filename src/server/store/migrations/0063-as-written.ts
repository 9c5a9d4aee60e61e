/**
 * A number for the facts that a person’s row was made from: a row whose facts come out as they were is not written, nor
 * sent to the database. A later migration that changes columns of `person_row` by itself sets it to null.
 */
export const sql0063AsWritten = `
alter table person_row add column as_written bigint;
`
