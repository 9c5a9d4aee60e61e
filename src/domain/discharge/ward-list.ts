import type { Bundle, MedicationRequest, MedicationStatement, Resource } from '@medplum/fhirtypes'
import { folded } from '#domain/person/folded.ts'
import type { ListedMedicine } from './medicine-row.ts'
import type { ReconciledRow } from './reconciled-row.ts'

/** A medicine as a document of the hospital lists it. */
export type WardMedicine = Readonly<{ name: string; ward: ListedMedicine }>

type Listed = MedicationRequest | MedicationStatement

const isMedicine = (record: Resource | undefined): record is Listed =>
  record?.resourceType === 'MedicationRequest' || record?.resourceType === 'MedicationStatement'

/** What says nothing about what the person takes from now on. */
const saysNothing = ['entered-in-error', 'cancelled', 'draft', 'unknown']
const over = ['stopped', 'completed', 'not-taken']

/** The medicines of a FHIR document; nothing for another text. Read as text: nothing in it is run or shown as it is. */
export function wardList(document: string): readonly WardMedicine[] {
  return (bundleIn(document)?.entry ?? []).flatMap(({ resource }): readonly WardMedicine[] => {
    if (!isMedicine(resource) || saysNothing.includes(resource.status ?? '')) return []
    const name = nameOf(resource)
    if (!name) return []
    if (over.includes(resource.status ?? '')) return [{ name, ward: { says: 'not', how: '' } }]
    return [{ name, ward: { says: 'has', how: howOf(resource) } }]
  })
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

/** The substance comes first in a name: “Amlodipine 5 mg tablets”. */
const substanceOf = (name: string) => folded(name).split(/[^a-z]+/)[0] ?? ''

/**
 * Rows for what the ward’s list says: beside the one row with this substance, otherwise a row of its own, which the surgery did not
 * have. Two of one substance are not told apart by themselves. What somebody wrote about the ward’s list stays.
 */
export function rowsForWardList(
  rows: readonly ReconciledRow[],
  listed: readonly WardMedicine[],
  stay: string,
): readonly ReconciledRow[] {
  const count = (substance: string, names: readonly { name: string }[]) =>
    names.filter(({ name }) => substanceOf(name) === substance).length
  return listed.flatMap(({ name, ward }, place): readonly ReconciledRow[] => {
    const substance = substanceOf(name)
    const isOne = count(substance, rows) === 1 && count(substance, listed) === 1
    const row = isOne ? rows.find((each) => substanceOf(each.name) === substance) : undefined
    if (row) return row.ward.says === 'unknown' ? [{ ...row, ward }] : []
    const id = `${stay}.${place}`.slice(-64)
    if (rows.some((each) => each.id === id)) return []
    return [
      {
        ...{ id, name, ward, before: { says: 'not', how: '' } },
        ...{ hand: { says: 'unknown', how: '' }, why: '', knows: '' },
      },
    ]
  })
}
