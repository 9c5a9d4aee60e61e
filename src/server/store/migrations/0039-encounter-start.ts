/** A person’s encounters by their start: the last ones are found without reading all that came before. */
export const sql0039EncounterStart = `
create index resource_encounter_start on resource (person, (content -> 'period' ->> 'start'))
  where rt = 'Encounter' and content is not null;
`
