type StayReason = readonly [icd10: string, words: string]

/** Why people of the demonstration are in hospital as an emergency. */
export const stayReasons: readonly [StayReason, ...StayReason[]] = [
  ['J22', 'Chest infection'],
  ['R296', 'Fall'],
  ['I509', 'Heart failure'],
  ['N390', 'Urinary infection'],
  ['R060', 'Breathlessness'],
  ['R074', 'Chest pain'],
  ['R410', 'Confusion'],
]

/** The ICD-10 code of a reason, as the hospital coded it. */
export const codeOfReason = (reason: string): string | undefined =>
  stayReasons.find(([, words]) => words === reason)?.[0]
