/** What one list says about a medicine: that the person has it and how, that they do not, or nothing. */
export type ListedMedicine = Readonly<{ says: 'has' | 'not' | 'unknown'; how: string }>
export const nothingListed: ListedMedicine = { says: 'unknown', how: '' }

/**
 * One medicine before and after a stay: what the surgery’s list said, what the ward’s list says, and what the person has in
 * hand. Nothing here changes the record’s own list of medicines: a prescriber does that.
 */
export type MedicineRow = Readonly<{
  /** id within the table: of the record that it came from, or its own */
  id: string
  name: string
  before: ListedMedicine
  ward: ListedMedicine
  hand: ListedMedicine
  /** why it was started, stopped or changed, as somebody said */
  why: string
  /** who knows: who said it, or who can be asked */
  knows: string
}>

/** What became of a medicine, from the surgery’s list to the ward’s. */
export type MedicineChange = 'started' | 'stopped' | 'changed' | 'same' | 'not-known'

/** Whether the person takes what the ward says. */
export type MedicineMatch = 'matches' | 'does-not-match' | 'not-asked'

/** Words that only differ by spaces and capitals say the same. */
const plain = (how: string) => how.trim().toLowerCase().replaceAll(/\s+/g, ' ')
const isSameHow = (one: ListedMedicine, other: ListedMedicine) =>
  plain(one.how) === plain(other.how)

/** If the ward’s list does not say, or nobody knows what was before, nobody can tell. */
export function medicineChange({ before, ward }: MedicineRow): MedicineChange {
  if (before.says === 'unknown' || ward.says === 'unknown') return 'not-known'
  if (before.says === 'not') return ward.says === 'has' ? 'started' : 'not-known'
  if (ward.says === 'not') return 'stopped'
  // one list gives a dose and the other none: nobody can tell whether it is another one
  if ((before.how.trim() === '') !== (ward.how.trim() === '')) return 'not-known'
  return isSameHow(before, ward) ? 'same' : 'changed'
}

/** Somebody who says only that they take it takes it as the ward says. */
export function medicineMatch({ ward, hand }: MedicineRow): MedicineMatch {
  if (hand.says === 'unknown') return 'not-asked'
  if (ward.says === 'unknown') return 'not-asked'
  if (ward.says !== hand.says) return 'does-not-match'
  return hand.says === 'not' || hand.how.trim() === '' || isSameHow(ward, hand)
    ? 'matches'
    : 'does-not-match'
}

/** Nobody has said what is right, or the person takes something else: somebody has to sort it out. */
export const needsSorting = (row: MedicineRow): boolean =>
  medicineChange(row) === 'not-known' || medicineMatch(row) === 'does-not-match'

const rank: Readonly<Record<MedicineChange, number>> = {
  'not-known': 1,
  changed: 3,
  started: 4,
  stopped: 5,
  same: 6,
}

/** What needs somebody first, then what nobody has asked, then what changed; what stayed the same is last. */
export const medicinesInOrder = (rows: readonly MedicineRow[]): readonly MedicineRow[] =>
  rows.toSorted((one, other) => placeOf(one) - placeOf(other) || one.name.localeCompare(other.name))

function placeOf(row: MedicineRow): number {
  const match = medicineMatch(row)
  if (match === 'does-not-match') return 0
  const change = medicineChange(row)
  return change !== 'not-known' && match === 'not-asked' && change !== 'same' ? 2 : rank[change]
}

export type MedicineFault = 'no-name' | 'too-long'
const longestMedicine = 400

/** What is wrong with a row, for the one who writes it. */
export function medicineFault({ name, before, ward, hand, why, knows }: MedicineRow) {
  if (name.trim() === '') return 'no-name'
  const texts = [name, before.how, ward.how, hand.how, why, knows]
  return texts.some((each) => each.length > longestMedicine) ? 'too-long' : undefined
}

/** Somebody else changed the same row since it was opened. What was typed is still there. */
export class MedicineMovedOn extends Error {
  constructor() {
    super('Somebody changed this medicine meanwhile')
    this.name = 'MedicineMovedOn'
  }
}
