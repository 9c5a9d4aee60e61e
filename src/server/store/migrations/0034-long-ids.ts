/** Ids that another id may hold only in part: very few, so that they are found without reading all others. */
export const sql0034LongIds = `
create index resource_long_id on resource (rt, id collate "C") where length(id) > 40;
`
