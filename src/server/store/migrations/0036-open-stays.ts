/** Who is in hospital: few stays at any time, found without reading all that have ended. */
export const sql0036OpenStays = `
create index resource_open_stay on resource (person)
  where rt = 'Encounter' and content ->> 'status' in ('in-progress', 'arrived', 'triaged', 'onleave');
`
