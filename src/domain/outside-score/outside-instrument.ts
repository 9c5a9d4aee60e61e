/** Which way a score points: `high` or `low` comes first in a list. */
export type ScoreDirection = 'high' | 'low'

/** An instrument with published bounds. Only its result is kept: neither items nor formula. */
export type OutsideInstrument = Readonly<{
  code: string
  name: string
  /** other ways in which senders write it */
  also: readonly string[]
  lowest: number
  highest: number
  whole: boolean
  unit: string
  direction: ScoreDirection
  source: string
  /** who licenses it, where somebody does */
  licence?: string
}>

/** A patient who is less sure of managing comes first: that is no risk, but asks for help first. */
const outsideInstruments: readonly OutsideInstrument[] = [
  {
    ...{ code: 'qadmissions', name: 'QAdmissions', also: ['Q Admissions', 'QAdmissions score'] },
    ...{ lowest: 0, highest: 100, whole: false, unit: '%', direction: 'high' },
    source: 'Hippisley-Cox and Coupland 2013, doi 10.1136/bmjopen-2013-003482',
    licence: 'Licensed by ClinRisk: only the result is kept here',
  },
  {
    ...{ code: 'efi2', name: 'eFI2', also: ['eFI 2', 'Electronic frailty index 2'] },
    ...{ lowest: 0, highest: 1, whole: false, unit: '', direction: 'high' },
    source: 'Best 2025, doi 10.1093/ageing/afaf077',
  },
  {
    ...{ code: 'pam-level', name: 'PAM level', also: ['Patient Activation Measure level'] },
    ...{ lowest: 1, highest: 4, whole: true, unit: '', direction: 'low' },
    source: 'Hibbard 2004, doi 10.1111/j.1475-6773.2004.00269.x',
    licence: 'Licensed by Insignia Health: only the result is kept here',
  },
  {
    ...{ code: 'pam-score', name: 'PAM score', also: ['PAM', 'Patient Activation Measure'] },
    ...{ lowest: 0, highest: 100, whole: false, unit: '', direction: 'low' },
    source: 'Hibbard 2004, doi 10.1111/j.1475-6773.2004.00269.x',
    licence: 'Licensed by Insignia Health: only the result is kept here',
  },
]

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

const byName = new Map(
  outsideInstruments.flatMap((each) =>
    [each.code, each.name, ...each.also].map((name) => [plain(name), each] as const),
  ),
)

export const instrumentNamed = (name: string): OutsideInstrument | undefined =>
  byName.get(plain(name))

/** The code of a score: the known one, or the sender’s name in small letters, which stays the same. */
export const outsideCodeOf = (name: string): string =>
  instrumentNamed(name)?.code ??
  (name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) ||
    'score')

/** The order of a list by such a score: `outside:` and its code. */
export const outsideOrder = /^outside:([a-z0-9-]{1,40})$/
