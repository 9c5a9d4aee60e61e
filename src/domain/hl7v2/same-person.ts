import { folded } from '#domain/person/folded.ts'

/** The person a message is about, beside the person on record with that NHS number. */
export type SamePersonAnswer = 'same' | 'different' | 'nothing-to-compare'

type PersonDetails = Readonly<{ family: string; birthDate: string }>
type Known = Readonly<{ families: readonly string[]; birthDate: string }>

/**
 * An NHS number alone is not enough: one digit typed wrong can be another person's. Whatever both know has to agree,
 * the birth date to the day and the family name without marks, spaces or case; at least one of them has to be known.
 */
export function samePerson(said: PersonDetails, known: Known): SamePersonAnswer {
  const families = known.families.map(plain).filter((name) => name !== '')
  const family = plain(said.family)
  const compared = [
    family && families.length > 0 ? families.includes(family) : undefined,
    // a record may know the year of birth only
    said.birthDate && known.birthDate ? said.birthDate.startsWith(known.birthDate) : undefined,
  ].filter((each) => each !== undefined)
  if (compared.length === 0) return 'nothing-to-compare'
  return compared.every(Boolean) ? 'same' : 'different'
}

const plain = (name: string) => folded(name).replace(/[^\p{L}]/gu, '')
