/** Kinds of records that scores read. */
export const scoredKinds = [
  ...(['Patient', 'Condition', 'MedicationRequest', 'MedicationStatement'] as const),
  ...(['Encounter', 'Procedure', 'Observation'] as const),
]
