import type { Bundle, MedicationRequest, MedicationStatement, Resource } from '@medplum/fhirtypes'
import type { ListedMedicine } from './medicine-row.ts'
import type { ReconciledRow } from './reconciled-row.ts'
import { substanceOf } from './substance-of.ts'

/** A medicine as a document of the hospital lists it. `entry`: its place in the document. */
export type WardMedicine = Readonly<{ entry: number; name: string; ward: ListedMedicine }>

/**
 * A medicine of a document that changes nothing in the table: cancelled, a draft or an error there; without a name; in the table
 * already; or the table says something else about it, which stays.
 */
export type SkippedMedicine = Readonly<{
  name: string
  why: 'not-in-force' | 'no-name' | 'same' | 'otherwise'
}>

type Listed = MedicationRequest | MedicationStatement

const isMedicine = (record: Resource | undefined): record is Listed =>
  record?.resourceType === 'MedicationRequest' || record?.resourceType === 'MedicationStatement'

/** What says nothing about what the person takes from now on. */
const saysNothing = ['entered-in-error', 'cancelled', 'draft', 'unknown']
const over = ['stopped', 'completed', 'not-taken']

type WardList = Readonly<{
  medicines: readonly WardMedicine[]
  skipped: readonly SkippedMedicine[]
}>

/** The medicines of a FHIR document; nothing for another text. Read as text: nothing in it is run or shown as it is. */
export function wardList(document: string): WardList {
  const read = (bundleIn(document)?.entry ?? []).flatMap(({ resource }, entry) =>
    isMedicine(resource) ? [readMedicine(resource, entry)] : [],
  )
  return {
    medicines: read.flatMap((each) => ('ward' in each ? [each] : [])),
    skipped: read.flatMap((each) => ('why' in each ? [each] : [])),
  }
}

function readMedicine(medicine: Listed, entry: number): WardMedicine | SkippedMedicine {
  const name = nameOf(medicine)
  const status = medicine.status ?? ''
  if (name.trim() === '') return { name, why: 'no-name' }
  if (saysNothing.includes(status)) return { name, why: 'not-in-force' }
  if (over.includes(status)) return { entry, name, ward: { says: 'not', how: '' } }
  return { entry, name, ward: { says: 'has', how: howOf(medicine) } }
}

function bundleIn(text: string): Bundle | undefined {
  try {
    const found = JSON.parse(text) as Bundle | null
    return found?.resourceType === 'Bundle' && Array.isArray(found.entry) ? found : undefined
  } catch {
    return undefined
  }
}

const nameOf = ({ medicationCodeableConcept: concept, medicationReference }: Listed) =>
  (concept?.text ?? concept?.coding?.[0]?.display ?? medicationReference?.display ?? '').slice(
    0,
    200,
  )

const howOf = (medicine: Listed) => {
  const dosage =
    medicine.resourceType === 'MedicationRequest' ? medicine.dosageInstruction : medicine.dosage
  return (dosage?.[0]?.text ?? '').slice(0, 200)
}

type Taken = Readonly<{
  rows: readonly ReconciledRow[]
  skipped: readonly SkippedMedicine[]
}>

/**
 * Rows for what the ward’s list says: beside the one row with this substance, otherwise a row of its own, which the surgery did not
 * have. Two of one substance are not told apart by themselves. What somebody wrote about the ward’s list stays. `letter`: the id
 * of the document, which with the place in it names a row.
 */
export function rowsForWardList(
  rows: readonly ReconciledRow[],
  listed: readonly WardMedicine[],
  letter: string,
): Taken {
  const taken = listed.map((medicine): ReconciledRow | SkippedMedicine => {
    const { name, ward, entry } = medicine
    const id = `${letter}.${entry}`.slice(-64)
    const isThere = rows.some((each) => each.id === id || isAsListed(each, medicine))
    if (isThere) return { name, why: 'same' }
    const row = rowFor(medicine, rows, listed)
    if (!row) return rowOfItsOwn(id, name, ward)
    if (row.ward.says === 'unknown') return { ...row, ward: besideRow(medicine, row) }
    return { name, why: saysSame(row, medicine) ? 'same' : 'otherwise' }
  })
  return {
    rows: taken.flatMap((each) => ('id' in each ? [each] : [])),
    skipped: taken.flatMap((each) => ('id' in each ? [] : [each])),
  }
}

/** The one row of the table with this substance; undefined if there is none, or if there are two on either side. */
function rowFor(
  { name }: WardMedicine,
  rows: readonly ReconciledRow[],
  listed: readonly WardMedicine[],
): ReconciledRow | undefined {
  const { substance } = substanceOf(name)
  const isThis = (each: Readonly<{ name: string }>) =>
    substanceOf(each.name).substance === substance
  const [row, ...others] = rows.filter(isThis)
  return substance !== '' && others.length === 0 && listed.filter(isThis).length === 1
    ? row
    : undefined
}

const rowOfItsOwn = (id: string, name: string, ward: ListedMedicine): ReconciledRow => ({
  ...{ id, name, ward, before: { says: 'not', how: '' } },
  ...{ hand: { says: 'unknown', how: '' }, why: '', knows: '' },
})

/** A row of the table has one name: if the ward’s name has another strength or form, it stands with how it is taken. */
function besideRow({ name, ward }: WardMedicine, row: ReconciledRow): ListedMedicine {
  const { rest } = substanceOf(name)
  if (ward.says !== 'has' || rest === '' || rest === substanceOf(row.name).rest) return ward
  return { ...ward, how: ward.how ? `${name}: ${ward.how}` : name }
}

const saysSame = (row: ReconciledRow, medicine: WardMedicine) => {
  const said = besideRow(medicine, row)
  return row.ward.says === said.says && row.ward.how === said.how
}

/** Another document, or this one before, listed it in the same words. */
const isAsListed = (row: ReconciledRow, { name, ward }: WardMedicine) =>
  row.name === name && row.ward.says === ward.says && row.ward.how === ward.how
