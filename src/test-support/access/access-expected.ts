/**
 * The expected access of everybody, written by hand: it does not use the code that decides, so that the two can
 * disagree. docs/access.md says the same in words.
 */
export const labels = ['open', 'between', 'restricted', 'sealed'] as const
/** `between` professionals; `restricted` to those who are named; `sealed`: both. */
export type Label = (typeof labels)[number]

/** Rooms by type of record; every other type belongs to the clinical record. */
const rooms: Readonly<Record<string, string>> = {
  Patient: 'me',
  RelatedPerson: 'team',
  CareTeam: 'team',
  EpisodeOfCare: 'roof',
  CarePlan: 'roof',
  Consent: 'roof',
  Provenance: 'roof',
  Goal: 'conversation',
  Communication: 'conversation',
  Task: 'conversation',
  ServiceRequest: 'support',
  RiskAssessment: 'between',
  QuestionnaireResponse: 'own',
}

type Reaching = (type: string, label: Label) => boolean

const everything: Reaching = () => true
const nothing: Reaching = () => false
const byWhereTheyWork: Reaching = (_type, label) => label === 'open' || label === 'between'
/** No label keeps a consent from the person. */
const ownRecord: Reaching = (type, label) =>
  type === 'Consent' || (rooms[type] !== 'between' && (label === 'open' || label === 'restricted'))
const whatWasShared: Reaching = (type, label) =>
  label === 'open' && ['me', 'roof', 'conversation'].includes(rooms[type] ?? 'record')

const only =
  (wanted: string, reaching: Reaching): Reaching =>
  (type, label) =>
    type === wanted && reaching(type, label)

/** What each of them can see of Grace’s record in `access-world.ts`, in the order of their time. */
export const expected: Readonly<Record<string, Reaching>> = {
  'amina, in the team': everything,
  'tom, named in a task': everything,
  'patel, of the practice': byWhereTheyWork,
  'ming, of the practice': byWhereTheyWork,
  'karen, after leaving the team': nothing,
  grace: ownRecord,
  'chidi, with three rooms shared': whatWasShared,
  'ruth, a manager': nothing,
  admin: everything,
  stranger: nothing,
  'laboratory, which may read all': byWhereTheyWork,
  'laboratory, which may read goals': only('Goal', byWhereTheyWork),
  'laboratory, which may only write': nothing,
  'program of another organisation': nothing,
  'stranger, in an emergency': everything,
  'stranger, after an emergency': nothing,
  'chidi, when the share has ended': nothing,
}

/** A program that may write but not read learns by writing which ids exist: only among its organisation’s people. */
export const writing: typeof expected = {
  ...expected,
  'laboratory, which may only write': byWhereTheyWork,
}

/** Callers with an access token, and what it allows. */
export const tokenScopes: Readonly<Record<string, string>> = {
  'laboratory, which may read all': 'system/*.rs',
  'laboratory, which may read goals': 'system/Goal.rs',
  'laboratory, which may only write': 'system/*.cud',
  'program of another organisation': 'system/*.cruds',
}
