import type { Caller } from '#test-support/servers/handler.ts'
import { grace, share } from '#test-support/worlds/grace-records.ts'
import {
  amina,
  brook,
  codes,
  council,
  episode,
  hospital,
  nhs,
  patient,
  relative,
  request,
  type Sent,
  task,
  team,
  to,
} from './relations-server.ts'

/** From another organisation, without a relation to anybody: giving this one access is the fault to be found. */
const friend = to('Practitioner/robin-vale')
const until = { member: to('Practitioner/karen-lee'), period: { end: '2026-04-01' } }
/** A role that does not exist here yet: importing it decides who joins the team. */
const waited = { member: to('PractitionerRole/waited') }
const supported = {
  extension: [{ url: 'https://gable.example/fhir/supported-by', valueReference: friend }],
}

/** Users with access to Grace’s record outside her care team and her practice, each a guest in a different way. */
export const guests: readonly Sent[] = [
  team(amina, until, waited),
  request(hospital),
  task(hospital),
  share(['me', 'team', 'roof', 'conversation'], ['read', 'write']),
]

/** Everything that gives access to her, or says who somebody is; `version`: it exists already, as that version. */
export const giving: readonly (readonly [what: string, record: Sent, version?: number])[] = [
  ['a team', { ...team({ member: friend }), id: 'mine' }],
  ['a case', { ...episode, id: 'mine', careManager: friend }],
  ['a task', task(friend, 'requested', { id: 'mine', focus: undefined })],
  ['a referral', request(friend, 'active', 'mine')],
  ['a carer with a number', { ...relative, id: 'mine' }],
  ['a share', { ...share(['me'], ['read']), id: 'mine', performer: [grace], ...supported }],
  ['a role', roleOf('mine')],
  ['a role that the care team already names', roleOf('waited')],
  ['a break-glass flag', opening()],
  ['a handover of the registration', handOver()],
  ['a place in the care team', team(amina, until, waited, { member: friend }), 2],
  ['a membership without its end', team(amina, { member: until.member }, waited), 2],
  ['the care manager of the case', { ...episode, careManager: friend }, 1],
  ['the managing organisation of the case', { ...episode, managingOrganization: council }, 1],
  ['the practice', { ...patient, generalPractitioner: [council] }, 2],
  ['a second practice', { ...patient, generalPractitioner: [brook, council] }, 2],
  ['the general practitioner', { ...patient, generalPractitioner: [brook, friend] }, 2],
  ['the managing organisation of the record', { ...patient, managingOrganization: council }, 2],
  [
    'a link to another record',
    { ...patient, link: [{ other: to('Patient/other'), type: 'seealso' }] },
    2,
  ],
  ['the NHS number', { ...patient, identifier: [{ system: nhs, value: '9991001034' }] }, 2],
  ['the owner of a task', task(friend, 'accepted'), 1],
  ['the performer of a referral', request(friend), 1],
  ['the number of a carer', { ...relative, identifier: [{ system: nhs, value: '9991001034' }] }, 1],
  [
    'the rooms shared with a carer',
    { ...share(['me', 'record'], ['read', 'write']), performer: [grace] },
    1,
  ],
]

function roleOf(id: string): Sent {
  return { resourceType: 'PractitionerRole', id, practitioner: friend, organization: brook }
}

function opening(): Sent {
  return {
    ...{ resourceType: 'Flag', id: 'mine', status: 'active', subject: grace },
    code: { coding: [{ system: codes, code: 'break-glass' }] },
    extension: [
      { url: 'https://gable.example/fhir/opened-by', valueReference: friend },
      { url: 'https://gable.example/fhir/open-until', valueInstant: '2099-01-01T00:00:00Z' },
    ],
  }
}

function handOver(): Sent {
  return task(council, 'requested', {
    ...{ id: 'mine', focus: grace, requester: brook },
    code: { coding: [{ system: codes, code: 'registration-handover' }] },
  })
}

export type Try = readonly [name: string, path: string, init: Parameters<Caller>[1]]

/** Each way to write a record. */
export function waysToWrite(record: Sent, version?: number): readonly Try[] {
  const { resourceType: type, id } = record
  const url = `${type}/${id}`
  const match = version === undefined ? {} : { 'If-Match': `W/"${version}"` }
  const ifMatch = version === undefined ? {} : { ifMatch: `W/"${version}"` }
  const { id: _id, ...nameless } = record
  const steps = Object.entries(record)
    .filter(([name, value]) => name !== 'id' && name !== 'resourceType' && value !== undefined)
    .map(([name, value]) => ({ op: 'add', path: `/${name}`, value }))
  const bundle = (kind: string, request: object): Parameters<Caller>[1] => ({
    method: 'POST',
    json: { resourceType: 'Bundle', type: kind, entry: [{ request, resource: record }] },
  })
  const patchKind = { 'Content-Type': 'application/json-patch+json' }
  return [
    ['put', url, { method: 'PUT', json: record, headers: match }],
    ['put where', `${type}?_id=${id}`, { method: 'PUT', json: record }],
    ['post', type, { method: 'POST', json: nameless }],
    [
      'post if there is none',
      type,
      { method: 'POST', json: nameless, headers: { 'If-None-Exist': '_id=none' } },
    ],
    [
      'patch',
      url,
      { method: 'PATCH', body: JSON.stringify(steps), headers: { ...patchKind, ...match } },
    ],
    [
      'patch where',
      `${type}?_id=${id}`,
      { method: 'PATCH', body: JSON.stringify(steps), headers: patchKind },
    ],
    ['transaction', '', bundle('transaction', { method: 'PUT', url, ...ifMatch })],
    ['batch', '', bundle('batch', { method: 'PUT', url, ...ifMatch })],
    [
      'import',
      '$import',
      {
        method: 'POST',
        json: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: record }] },
      },
    ],
  ]
}

/** Each way to delete a record. */
export function waysToDelete(type: string, id: string): readonly Try[] {
  const bundle = (kind: string, url: string): Parameters<Caller>[1] => ({
    method: 'POST',
    json: { resourceType: 'Bundle', type: kind, entry: [{ request: { method: 'DELETE', url } }] },
  })
  return [
    ['delete', `${type}/${id}`, { method: 'DELETE' }],
    ['delete where', `${type}?_id=${id}`, { method: 'DELETE' }],
    ['delete in a transaction', '', bundle('transaction', `${type}/${id}`)],
    ['delete where, in a transaction', '', bundle('transaction', `${type}?_id=${id}`)],
    ['delete in a batch', '', bundle('batch', `${type}/${id}`)],
  ]
}
