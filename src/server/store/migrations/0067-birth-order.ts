/** Whoever is of an age is read by their birth dates, however many others there are: as text, by its bytes. */
export const sql0067BirthOrder = `
create index person_row_birth on person_row (birth_date collate "C");
`
