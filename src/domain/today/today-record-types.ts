/** The types of record that Today is made from: what the server reads for it, and what loads it again when it changes. */
export const todayRecordTypes = [
  ...(['EpisodeOfCare', 'Patient', 'RelatedPerson', 'CarePlan', 'Flag', 'Task'] as const),
  ...(['Communication', 'Provenance', 'Encounter', 'QuestionnaireResponse'] as const),
  'Observation',
] as const
