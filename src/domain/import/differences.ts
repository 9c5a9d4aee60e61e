import type { Address, ContactPoint, Patient } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { folded } from '#domain/person/folded.ts'

/** What a list says about a person who is here already, if the record says something else. */
export type Difference = Readonly<{
  what: 'address' | 'phone' | 'email' | 'name' | 'birthDate' | 'gender' | 'died'
  /** empty: nothing is recorded */
  here: string
  brought: string
  /** the value itself, if it can be put on the record */
  value?: Readonly<{ address: Address } | { telecom: ContactPoint } | { died: string }>
}>

/** Values that the record does not have; what the list leaves out is not a difference. `zone`: the service's. */
export function differencesBetween(
  here: Patient,
  brought: Patient,
  zone: string,
): readonly Difference[] {
  return [
    ...addresses(here, brought),
    ...telecoms(here, brought),
    ...words('name', namesOf(here), namesOf(brought)),
    ...words('birthDate', [here.birthDate], [brought.birthDate]),
    ...words('gender', [here.gender], [brought.gender]),
    ...words(
      'died',
      [here.deceasedDateTime && dayOf(here.deceasedDateTime, zone)],
      [brought.deceasedDateTime],
    ).map((each) => ({ ...each, value: { died: each.brought } })),
  ]
}

const plain = (text: string) => folded(text).replace(/[^\p{L}\p{N}]/gu, '')

const inOneLine = ({ text, line = [], city, district, postalCode }: Address) =>
  [...line, city, district, postalCode].filter(Boolean).join(', ') || (text ?? '')

function addresses(here: Patient, brought: Patient): readonly Difference[] {
  const [current] = (here.address ?? []).filter(({ use }) => use !== 'old')
  const known = (here.address ?? [])
    .filter(({ use }) => use !== 'old')
    .map(inOneLine)
    .map(plain)
  return (brought.address ?? [])
    .filter((address) => !known.includes(plain(inOneLine(address))))
    .map((address) => ({
      ...{ what: 'address' as const, here: current ? inOneLine(current) : '' },
      ...{ brought: inOneLine(address), value: { address } },
    }))
}

/** +44 1632 960999 and 01632 960 999 are one number. */
const dialled = (text: string) =>
  text.includes('@') ? text.toLowerCase() : text.replace(/^\+44|^0044/, '0').replace(/\D/g, '')

function telecoms(here: Patient, brought: Patient): readonly Difference[] {
  const standing = (here.telecom ?? []).filter(({ use }) => use !== 'old')
  return (brought.telecom ?? []).flatMap((telecom): readonly Difference[] => {
    const { system, value = '' } = telecom
    const same = standing.filter((each) => each.system === system)
    if (same.some((each) => dialled(each.value ?? '') === dialled(value))) return []
    return [
      {
        what: system === 'email' ? 'email' : 'phone',
        here: same.map((each) => each.value ?? '').join(', '),
        ...{ brought: value, value: { telecom } },
      },
    ]
  })
}

const namesOf = ({ name = [] }: Patient) =>
  name.map(({ given = [], family }) => [...given, family].filter(Boolean).join(' '))

function words(
  what: Difference['what'],
  here: readonly (string | undefined)[],
  brought: readonly (string | undefined)[],
): readonly Difference[] {
  const known = here.flatMap((each) => each ?? [])
  return brought
    .flatMap((each) => each ?? [])
    .filter((each) => !known.some((one) => plain(one) === plain(each)))
    .map((each) => ({ what, here: known[0] ?? '', brought: each }))
}

/**
 * The record with the new value before the existing ones; an earlier number or address is kept as a previous one. There
 * is only one death.
 */
export function withValue(patient: Patient, { value }: Difference): Patient {
  if (!value) return patient
  if ('died' in value) {
    const { deceasedBoolean: _undated, ...rest } = patient
    return { ...rest, deceasedDateTime: value.died }
  }
  if ('address' in value) {
    const former = (patient.address ?? []).map((each) => ({ ...each, use: 'old' as const }))
    return { ...patient, address: [value.address, ...former] }
  }
  const { telecom } = value
  const rest = (patient.telecom ?? []).map((each) =>
    each.system === telecom.system && (each.use ?? telecom.use) === telecom.use
      ? { ...each, use: 'old' as const }
      : each,
  )
  return { ...patient, telecom: [telecom, ...rest] }
}
