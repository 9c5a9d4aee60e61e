import type { Bundle } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { aboutMe, amina, grace, share } from '#test-support/worlds/grace-records.ts'
import type { Answer, InitFor } from './access-users.ts'

/**
 * Who may put which label on what, written by hand: it does not use the code that decides. docs/access.md says the
 * same in words.
 */
export type Sample = ResourceWithId

const codes = 'https://gable.example/codes'
/** Professionals only. */
export const between = { system: codes, code: 'professional-only' }
/** Named professionals, and the person. */
export const restricted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
}
/** A label with its reason. */
export const because = (label: object) => ({
  ...label,
  extension: [
    { url: 'https://gable.example/fhir/restricted-why', valueString: 'Her nephew reads along' },
  ],
})

/** The same record with exactly these labels. */
export const labelled = (record: Sample, ...security: readonly object[]): Sample =>
  ({ ...record, meta: security.length > 0 ? { security } : undefined }) as Sample

export const record = (resourceType: string, id: string, more: object = {}): Sample =>
  ({ resourceType, id, subject: grace, ...more }) as unknown as Sample

const coded = (code: string) => ({ coding: [{ system: codes, code }] })
const order = { status: 'requested', intent: 'order', for: grace, subject: undefined }
const patient = { patient: grace, subject: undefined }
const status = 'completed'

/** One record of each kind that the person wrote, agreed to, was promised, is told or shares. */
export const ofPerson: readonly Sample[] = [
  record('CareTeam', 'her-team', { status: 'active' }),
  record('EpisodeOfCare', 'her-case', { status: 'active', ...patient }),
  record('CarePlan', 'her-plan', { status: 'active', intent: 'plan' }),
  record('Goal', 'her-goal', { lifecycleStatus: 'active', description: { text: 'To walk' } }),
  record('RelatedPerson', 'her-son', patient),
  record('Task', 'a-promise', { ...order, focus: { reference: 'Goal/her-goal' } }),
  record('Task', 'hers-to-do', { ...order, owner: grace }),
  record('Task', 'asked-by-her', { ...order, requester: grace }),
  record('Condition', 'her-need', { category: [coded('health-concern')], code: { text: 'x' } }),
  record('Observation', 'her-reading', {
    ...{ status: 'final', code: { text: 'Weight' }, performer: [grace] },
  }),
  record('QuestionnaireResponse', 'her-answers', { status, source: grace }),
  record('Communication', 'told-to-her', { status, sender: amina, recipient: [grace] }),
  record('Communication', 'a-comment', {
    ...{ status, sender: amina, category: [coded('comment')] },
    about: [{ reference: 'Goal/her-goal' }],
  }),
  record('Communication', 'said-by-her', { status, sender: grace }),
  { ...aboutMe(grace), id: 'about-her' } as Sample,
  { ...share(['support'], ['read']), id: 'her-share', performer: [grace] } as Sample,
]

/** Records that may be between professionals. */
const others: readonly Sample[] = [
  record('Condition', 'an-illness', { code: { text: 'Something private' } }),
  record('DocumentReference', 'a-letter', {
    status: 'current',
    content: [{ attachment: { title: 'x' } }],
  }),
]

/** Those of `access-expected.ts` who may label: named professionals and the administrator. */
const labelling: readonly string[] = ['amina, in the team', 'tom, named in a task', 'admin']

/** Only the people who said words may change them, and their labels. */
const authors: Readonly<Record<string, readonly string[]>> = {
  'told-to-her': ['amina, in the team'],
  'a-comment': ['amina, in the team'],
  'said-by-her': [],
  'about-her': [],
}

const personsIds = new Set(ofPerson.map(({ id }) => id))
const all = [...ofPerson, ...others]

/** What is tried with labels: from which, to which, on which records, and on which of them nobody may. */
export const labelChanges = [
  {
    name: 'hides records from the person',
    from: [],
    to: [because(between)],
    on: all,
    never: personsIds,
  },
  {
    name: 'hides and restricts records',
    from: [],
    to: [because(between), because(restricted)],
    on: ofPerson,
    never: personsIds,
  },
  {
    ...{ name: 'restricts records', from: [], to: [because(restricted)], on: all },
    // somebody who is to end a share must find it
    never: new Set(['her-share']),
  },
  {
    name: 'shows records to the person',
    from: [because(between)],
    to: [],
    on: others,
    never: new Set<string>(),
  },
  {
    name: 'lifts restrictions',
    from: [because(restricted)],
    to: [],
    on: all,
    never: new Set<string>(),
  },
] as const

export type LabelChange = (typeof labelChanges)[number]

export function mayLabel(who: string, { never }: LabelChange, { id }: Sample): boolean {
  // only the person changes an open share
  if (never.has(id) || id === 'her-share') return false
  return labelling.includes(who) && (authors[id]?.includes(who) ?? true)
}

type Way = Readonly<{
  name: string
  path: string
  init: ReturnType<InitFor>
  statusOf: (answer: Answer) => number
}>

const outer = ({ status: code }: Answer) => code
const inner = ({ body, status: code }: Answer) =>
  Number((JSON.parse(body) as Bundle).entry?.[0]?.response?.status ?? code)

const patchType = 'application/json-patch+json'

/** Each way to give an existing record exactly these labels. */
export function waysToLabel(
  sample: Sample,
  security: readonly object[],
  version: number,
): readonly Way[] {
  const { resourceType, id } = sample
  const here = `${resourceType}/${id}`
  const where = `${resourceType}?_id=${id}`
  const json = labelled(sample, ...security)
  const steps = [
    security.length > 0
      ? { op: 'add', path: '/meta/security', value: security }
      : { op: 'remove', path: '/meta/security' },
  ]
  const ifMatch = `W/"${version}"`
  const headers = { 'If-Match': ifMatch }
  const patchHeaders = { 'Content-Type': patchType }
  const binary = {
    ...{ resourceType: 'Binary', contentType: patchType },
    data: btoa(JSON.stringify(steps)),
  }
  const body = JSON.stringify(steps)
  const bundled = (type: string, request: object, resource: object, statusOf = outer): Way => ({
    ...{ name: `${type}: ${JSON.stringify(request)}`, path: '', statusOf },
    init: {
      method: 'POST',
      json: { resourceType: 'Bundle', type, entry: [{ request, resource }] },
    },
  })
  const patchOf = (name: string, path: string, more: object): Way => ({
    ...{ name, path, statusOf: outer },
    init: { method: 'PATCH', headers: { ...patchHeaders, ...more }, body },
  })
  return [
    { name: 'update', path: here, init: { method: 'PUT', headers, json }, statusOf: outer },
    { name: 'update where', path: where, init: { method: 'PUT', json }, statusOf: outer },
    patchOf('patch', here, headers),
    patchOf('patch where', where, {}),
    bundled('batch', { method: 'PUT', url: here, ifMatch }, json, inner),
    bundled('batch', { method: 'PATCH', url: here, ifMatch }, binary, inner),
    bundled('transaction', { method: 'PUT', url: here, ifMatch }, json),
    bundled('transaction', { method: 'PATCH', url: where }, binary),
  ]
}
