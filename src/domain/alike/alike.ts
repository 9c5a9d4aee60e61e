import type { Patient } from '@medplum/fhirtypes'
import { folded } from '#domain/person/folded.ts'
import { nhsNumbers } from '#domain/person/someone-else.ts'

/** What two records can agree or differ in. */
const alikeFacts = ['family', 'given', 'birth-date', 'postcode', 'gender', 'nhs-number'] as const
export type AlikeFact = (typeof alikeFacts)[number]

export type ComparedRecords = Readonly<{
  agree: readonly AlikeFact[]
  differ: readonly AlikeFact[]
}>

const letters = (text: string | undefined) => folded(text ?? '').replace(/[^\p{L}\p{N}]/gu, '')

const saidOf: Readonly<Record<AlikeFact, (patient: Patient, today: string) => readonly string[]>> =
  {
    'nhs-number': nhsNumbers,
    family: ({ name }) => (name ?? []).map(({ family }) => letters(family)),
    given: ({ name }) => (name ?? []).map(({ given }) => letters(given?.[0])),
    'birth-date': ({ birthDate = '' }) => [birthDate],
    postcode: ({ address }) => (address ?? []).map(({ postalCode }) => letters(postalCode)),
    gender: ({ gender = '' }) => [gender === 'unknown' ? '' : gender],
  }

/** What speaks for two records being about one person, and what against it. What one of them does not say is neither. */
export function compareRecords(one: Patient, other: Patient, today: string): ComparedRecords {
  const compared = alikeFacts.flatMap((fact) => {
    const [mine = [], theirs = []] = [one, other].map((each) =>
      saidOf[fact](each, today).filter(Boolean),
    )
    if (mine.length === 0 || theirs.length === 0) return []
    return [{ fact, isSame: mine.some((each) => theirs.includes(each)) }]
  })
  const facts = (isSame: boolean) =>
    compared.filter((each) => each.isSame === isSame).map(({ fact }) => fact)
  return { agree: facts(true), differ: facts(false) }
}

/**
 * Worth a human decision: three of family name, given name, birth date and postcode agree, and no checked NHS number
 * differs. Our own rule, which decides nothing.
 */
export function mayBeOnePerson({ agree, differ }: ComparedRecords): boolean {
  if (differ.includes('nhs-number')) return false
  const telling: readonly AlikeFact[] = ['family', 'given', 'birth-date', 'postcode']
  return agree.filter((each) => telling.includes(each)).length >= 3
}
