/**
 * Only these types may stand without a person and so be open to everyone who is signed in. The rows that an earlier
 * version wrote are named by `assignPatients`; hence `not valid`: it holds for what is written from now on.
 */
const aboutNobody = [
  ...['ActivityDefinition', 'CapabilityStatement', 'CodeSystem', 'Device', 'Endpoint'],
  ...['HealthcareService', 'Library', 'Location', 'Measure', 'Medication', 'Organization'],
  ...['PlanDefinition', 'Practitioner', 'PractitionerRole', 'Questionnaire', 'Schedule', 'Slot'],
  ...['Substance', 'ValueSet'],
]

export const sql0012WhoseRecord = `
alter table resource add constraint resource_whose check (
  person is not null or content is null or rt in (${aboutNobody.map((type) => `'${type}'`).join(', ')})) not valid;
`
