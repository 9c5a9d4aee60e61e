import { demoIdentities } from '#demo-data/identities.ts'
import { agreement, condition, goal, message } from '#test-support/worlds/grace-records.ts'
import type { Answer, InitFor } from './access-users.ts'

/** Types for which every way to change a record is tested. */
export const writtenTypes: readonly string[] = ['Communication', 'Condition', 'Goal', 'Provenance']

function ownReference(who: string): { reference: string } {
  const identity = demoIdentities.find((each) => who.startsWith(each.identity))
  if (identity?.practitioner) return { reference: `Practitioner/${identity.practitioner}` }
  if (identity?.person) return { reference: `Patient/${identity.person}` }
  const relative = identity?.caresFor?.[0]?.relatedPerson
  return { reference: relative ? `RelatedPerson/${relative}` : 'Device/none' }
}

/** A valid record of a type, in the writer’s own name: anybody who may write the type may write this record. */
export function bodyFor(who: string, type: string): object {
  const me = ownReference(who)
  const target = [{ reference: 'CarePlan/open-careplan/_history/1' }]
  const bodies: Readonly<Record<string, object>> = {
    Communication: message(me),
    Condition: condition,
    Goal: goal(me),
    Provenance: { ...agreement(me), target },
  }
  return { ...bodies[type], id: undefined }
}

const version = { 'If-Match': 'W/"1"' }
const steps = JSON.stringify([{ op: 'add', path: '/language', value: 'en' }])
const patch = {
  method: 'PATCH',
  headers: { 'Content-Type': 'application/json-patch+json', ...version },
  body: steps,
}
const freePatch = { ...patch, headers: { 'Content-Type': 'application/json-patch+json' } }
const binary = { resourceType: 'Binary', contentType: 'application/json', data: btoa(steps) }

const bundle = (type: string, request: object, resource?: object) => ({
  method: 'POST',
  json: { resourceType: 'Bundle', type, entry: [{ request, ...(resource ? { resource } : {}) }] },
})

type Write = Readonly<{ name: string; path: (id: string) => string; init: InitFor }>

/** A condition that finds exactly this record. */
const conditionFor = (type: string) => (id: string) =>
  type === 'Provenance' ? `_id=${id}` : `identifier=${id}`

/** Each way to change an existing record. */
export function writesOf(type: string, body: object): readonly Write[] {
  const here = (id: string) => `${type}/${id}`
  const where = (id: string) => `${type}?${conditionFor(type)(id)}`
  const root = () => ''
  const bundled = (kind: 'batch' | 'transaction'): readonly Write[] => {
    const named = (name: string, init: InitFor) => ({ name: `${kind}: ${name}`, path: root, init })
    return [
      named('read', (id) => bundle(kind, { method: 'GET', url: here(id) })),
      named('search', (id) => bundle(kind, { method: 'GET', url: where(id) })),
      named('delete', (id) => bundle(kind, { method: 'DELETE', url: here(id) })),
      named('conditional delete', (id) => bundle(kind, { method: 'DELETE', url: where(id) })),
      named('conditional patch', (id) => bundle(kind, { method: 'PATCH', url: where(id) }, binary)),
      named('conditional update', (id) => bundle(kind, { method: 'PUT', url: where(id) }, body)),
      named('conditional create', (id) =>
        bundle(kind, { method: 'POST', url: type, ifNoneExist: conditionFor(type)(id) }, body),
      ),
    ]
  }
  return [
    { name: 'delete', path: here, init: () => ({ method: 'DELETE' }) },
    { name: 'conditional delete', path: where, init: () => ({ method: 'DELETE' }) },
    { name: 'patch', path: here, init: () => patch },
    { name: 'conditional patch', path: where, init: () => patch },
    { name: 'conditional patch of any version', path: where, init: () => freePatch },
    {
      ...{ name: 'update', path: here },
      init: (id) => ({ method: 'PUT', headers: version, json: { ...body, id } }),
    },
    { name: 'conditional update', path: where, init: () => ({ method: 'PUT', json: body }) },
    {
      ...{ name: 'conditional create', path: () => type },
      init: (id) => ({
        ...{ method: 'POST', json: body },
        headers: { 'If-None-Exist': conditionFor(type)(id) },
      }),
    },
    {
      ...{ name: 'asking whether it could be deleted', path: (id) => `${here(id)}/$validate` },
      init: () => ({
        method: 'POST',
        json: { resourceType: 'Parameters', parameter: [{ name: 'mode', valueCode: 'delete' }] },
      }),
    },
    {
      ...{
        name: 'asking whether it could be changed',
        path: (id) => `${here(id)}/$validate?mode=update`,
      },
      init: (id) => ({ method: 'POST', json: { ...body, id } }),
    },
    ...bundled('batch'),
    ...bundled('transaction'),
  ]
}

type Creation = Write & Readonly<{ statusOf: (answer: Answer) => number }>

const outer = ({ status }: Answer): number => status
const inner = ({ status, body }: Answer): number =>
  Number(/"status":"(\d+)"/.exec(body)?.[1] ?? status)

/** Each way to create a record under an id that the client chooses. */
export function creations(type: string, body: object): readonly Creation[] {
  const path = (id: string) => `${type}/${id}`
  const url = (id: string) => ({ method: 'PUT', url: path(id) })
  return [
    {
      ...{ name: 'put', path, statusOf: outer },
      init: (id) => ({ method: 'PUT', json: { ...body, id } }),
    },
    {
      ...{ name: 'put if there is none', path, statusOf: outer },
      init: (id) => ({
        ...{ method: 'PUT', json: { ...body, id } },
        headers: { 'If-None-Match': '*' },
      }),
    },
    {
      ...{ name: 'conditional update that finds none', statusOf: outer },
      path: () => `${type}?_id=none`,
      init: (id) => ({ method: 'PUT', json: { ...body, id } }),
    },
    {
      ...{ name: 'put in a batch', path: () => '', statusOf: inner },
      init: (id) => bundle('batch', url(id), { ...body, id }),
    },
    {
      ...{ name: 'put in a transaction', path: () => '', statusOf: inner },
      init: (id) => bundle('transaction', url(id), { ...body, id }),
    },
  ]
}
