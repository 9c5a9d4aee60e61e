import type { Address, ContactPoint, HumanName, Identifier, Patient } from '@medplum/fhirtypes'
import { odsCodeSystem } from '#domain/fhir/codes.ts'
import { nhsNumberIdentifier } from '#domain/import/nhs-number-identifier.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { withRegistration } from '#domain/roster/with-registration.ts'
import { csvBackground } from './csv-background.ts'
import { digitsIn, isNoValue, isShortened, phoneText, postcodeText } from './csv-cell.ts'
import type { CsvField } from './csv-columns.ts'
import { type CsvDateContext, csvDate } from './csv-dates.ts'
import type { CsvFault } from './csv-fault.ts'
import { textFingerprint } from './text-fingerprint.ts'

/** The cells of one row by field; empty ones are absent. */
export type CsvPerson = Readonly<Partial<Record<Exclude<CsvField, 'line'>, string>>> &
  Readonly<{ lines: readonly string[] }>

export type BroughtPatient = Patient & { id: string }

type Gender = NonNullable<Patient['gender']>

/** Words, and the codes of the NHS Data Dictionary (PERSON STATED GENDER CODE). */
const genders: Readonly<Record<string, Gender>> = {
  ...{ male: 'male', m: 'male', man: 'male', 1: 'male' },
  ...{ female: 'female', f: 'female', woman: 'female', 2: 'female' },
  ...{ other: 'other', indeterminate: 'other', 9: 'other' },
  ...{
    unknown: 'unknown',
    'not known': 'unknown',
    'not specified': 'unknown',
    0: 'unknown',
  },
}

/** The row as a Patient, or everything that is wrong with it. */
export function patientOfRow(
  person: CsvPerson,
  context: CsvDateContext,
): BroughtPatient | readonly CsvFault[] {
  const read = (text: string | undefined) => (text ? csvDate(text, context) : undefined)
  const { birthDate, died, registered, left } = {
    ...{ birthDate: read(person.birthDate), died: read(person.died) },
    ...{ registered: read(person.registered), left: read(person.left) },
  }
  const dates = [birthDate, died, registered, left, leftBefore(registered, left)]
  const faults = [...faultsIn(person), ...dates].filter(isFault)
  if (faults.length > 0) return faults
  const gender = person.gender && genders[person.gender.toLowerCase()]
  return withoutEmpty({
    resourceType: 'Patient',
    id: idOf(person, isDay(birthDate) ? birthDate : ''),
    identifier: identifiersOf(person),
    name: [nameOf(person)],
    telecom: telecomOf(person),
    ...(gender ? { gender } : {}),
    ...(isDay(birthDate) ? { birthDate } : {}),
    ...(isDay(died) ? { deceasedDateTime: died } : {}),
    address: addressOf(person),
    ...csvBackground(person),
    generalPractitioner: registeredWith(person, registered, left),
  })
}

function registeredWith(person: CsvPerson, registered: ReadDate, left: ReadDate) {
  return practiceOf(person).map((practice) =>
    withRegistration(practice, {
      ...(isDay(registered) ? { joined: registered } : {}),
      ...(isDay(left) ? { left } : {}),
      ...(person.leftWhy ? { why: person.leftWhy } : {}),
    }),
  )
}

type ReadDate = string | CsvFault | undefined

const isDay = (date: ReadDate): date is string => typeof date === 'string' && date !== ''

function leftBefore(registered: ReadDate, left: ReadDate): CsvFault | undefined {
  if (!isDay(registered) || !isDay(left) || registered <= left) return undefined
  return { code: 'left-before', value: left }
}

const isFault = (each: unknown): each is CsvFault => typeof each === 'object'

/** Our own limit: no name, address line or number of a person is as long as this. */
const longestCell = 1_000

const isOverlong = (text: string) => text.length > longestCell

function faultsIn(person: CsvPerson): readonly CsvFault[] {
  const tooLong = [...person.lines, ...Object.values(person)].filter(isText).filter(isOverlong)
  // nothing else is looked for in a row of this kind
  if (tooLong.length > 0)
    return tooLong.map((text) => ({ code: 'too-long', value: `${text.slice(0, 40)}…` }))
  const faults: CsvFault[] = []
  const check = (isWrong: boolean, code: CsvFault['code'], value = '') => {
    if (isWrong) faults.push({ code, value })
  }
  const { nhsNumber, gender, email } = person
  check(!person.family && !person.given, 'no-name')
  for (const text of [...person.lines, ...Object.values(person).filter(isText)])
    check(isNoValue(text), 'no-value', text)
  for (const text of numbers(person)) check(isShortened(text), 'shortened', text)
  const number =
    nhsNumber && !isNoValue(nhsNumber) && !isShortened(nhsNumber) ? nhsNumber : undefined
  check(number !== undefined && !/^\d{10}$/.test(digitsIn(number)), 'nhs-number-wrong', number)
  check(gender !== undefined && !genders[gender.toLowerCase()], 'gender-unknown', gender)
  check(email !== undefined && !isEmail(email), 'email-wrong', email)
  return faults
}

/** Something on both sides of an @, and no blank. */
const isEmail = (text: string) => text.slice(1, -1).includes('@') && !/\s/.test(text)

const isText = (value: unknown): value is string => typeof value === 'string'

const numbers = ({ nhsNumber, recordNumber, phone, mobile }: CsvPerson): readonly string[] =>
  [nhsNumber, recordNumber, phone, mobile].filter(isText)

const rowPrefix = 'csv-'

/** True for the id of a person that a list brought. */
export const isIdOfListRow = (id: string): boolean => id.startsWith(rowPrefix)

/**
 * The same person gets the same id on each run: by an NHS number that passes its check, otherwise by everything that
 * tells one person from another. A number that does not pass counts as one more thing that a row says. If a row says
 * too little, its address and telephone count, too: of two people with one name, neither takes the other’s record.
 */
function idOf(person: CsvPerson, birthDate: string): string {
  const { nhsNumber = '', recordNumber, family, given } = person
  const number = digitsIn(nhsNumber)
  const postcode = person.postcode?.replace(/\s/g, '')
  const said = ['row', recordNumber, family, given, birthDate, postcode]
  const isTelling = recordNumber || (birthDate && postcode)
  const identity = isNhsNumber(number)
    ? ['nhs', number]
    : [
        ...said,
        ...(number ? ['unverified', number] : []),
        ...(isTelling || number ? [] : restOf(person)),
      ]
  return `${rowPrefix}${textFingerprint(identity.map((each) => (each ?? '').toLowerCase()).join('\u0001'))}`
}

/** What else a row says, by its name: a row that says no more than before keeps its id. */
const restOf = (person: CsvPerson): readonly string[] => [
  ...(['title', 'gender', 'phone', 'mobile', 'email', 'town'] as const).flatMap((field) => {
    const text = person[field]
    return text ? [field, text.replace(/\s/g, '')] : []
  }),
  ...(person.lines.length > 0 ? ['lines', ...person.lines] : []),
]

function identifiersOf({ nhsNumber, recordNumber }: CsvPerson): Identifier[] {
  return [
    ...(nhsNumber ? [nhsNumberIdentifier(digitsIn(nhsNumber))] : []),
    ...(recordNumber ? [{ type: { text: 'Record number' }, value: recordNumber }] : []),
  ]
}

function nameOf({ family, given, title }: CsvPerson): HumanName {
  return {
    use: 'official',
    ...(family ? { family } : {}),
    ...(given ? { given: given.split(/\s+/) } : {}),
    ...(title ? { prefix: [title] } : {}),
  }
}

function telecomOf({ phone, mobile, email }: CsvPerson): ContactPoint[] {
  return [
    ...(phone ? [{ system: 'phone' as const, value: phoneText(phone), use: 'home' as const }] : []),
    ...(mobile
      ? [{ system: 'phone' as const, value: phoneText(mobile), use: 'mobile' as const }]
      : []),
    ...(email ? [{ system: 'email' as const, value: email }] : []),
  ]
}

function addressOf({ lines, town, county, postcode }: CsvPerson): Address[] {
  const address = {
    ...(lines.length > 0 ? { line: [...lines] } : {}),
    ...(town ? { city: town } : {}),
    ...(county ? { district: county } : {}),
    ...(postcode ? { postalCode: postcodeText(postcode) } : {}),
  }
  return Object.keys(address).length > 0 ? [address] : []
}

/** By code if there is one: the service links it to the practice's own record. */
function practiceOf({ practiceCode, practiceName }: CsvPerson) {
  if (!practiceCode && !practiceName) return []
  const code = practiceCode?.toUpperCase()
  return [
    {
      ...(code ? { identifier: { system: odsCodeSystem, value: code } } : {}),
      ...(practiceName ? { display: practiceName } : {}),
    },
  ]
}

/** FHIR has no empty lists. */
function withoutEmpty(patient: BroughtPatient): BroughtPatient {
  const said = Object.entries(patient).filter(([, value]) => value.length !== 0)
  return Object.fromEntries(said) as unknown as BroughtPatient
}
