import type { Bundle } from '@medplum/fhirtypes'
import { graceId } from '#demo-data/identities.ts'
import type { Actor } from '#domain/access/actor.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { beginSession } from '#server/auth/session.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import type { Opened } from '#test-support/servers/stores.ts'
import { grace, standing } from '#test-support/worlds/grace-records.ts'

export const at = new Date('2026-03-02T09:00:00Z')
export const codes = 'https://gable.example/codes'
export const nhs = 'https://fhir.nhs.uk/Id/nhs-number'
export const restricted = { security: [restrictedBecause('Her son is not to read it')] }
export const to = (reference: string) => ({ reference })
export const tom = to('Practitioner/tom-price')
export const hospital = to('Organization/st-annes-hospital')
export const brook = to('Organization/brook-surgery')
export const council = to('Organization/riverside-council')

export type Sent = Readonly<{ resourceType: string; id: string; [element: string]: unknown }>

export const patient = {
  ...{ resourceType: 'Patient', id: graceId, birthDate: '1934-01-04' },
  identifier: [{ system: nhs, value: '9991001018' }],
  name: [{ family: 'Okafor' }],
  generalPractitioner: [brook],
}
export const team = (...members: readonly object[]) => ({
  ...{ resourceType: 'CareTeam', id: 'team', status: 'active', subject: grace },
  participant: members,
})
export const amina = { member: to('Practitioner/amina-yusuf') }
export const episode = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case', status: 'active', patient: grace },
  ...{ careManager: amina.member, managingOrganization: brook },
}
export const request = (performer: object, status = 'active', id = 'referral') => ({
  ...{ resourceType: 'ServiceRequest', id, status, intent: 'order', subject: grace },
  performer: [performer],
})
export const task = (owner: object, status = 'requested', more: object = {}) => ({
  ...{ resourceType: 'Task', id: 'task', status, intent: 'order', for: grace, owner },
  code: { coding: [{ system: codes, code: 'referral' }] },
  focus: to('ServiceRequest/referral'),
  ...(status === 'cancelled' ? { statusReason: { text: 'No longer needed' } } : {}),
  ...more,
})
export const relative = {
  ...{ resourceType: 'RelatedPerson', id: 'r-8b51e604', active: true, patient: grace },
  identifier: [{ system: nhs, value: '9991001026' }],
}
export const condition = (id: string, more: object = {}) => ({
  ...{ resourceType: 'Condition', id, subject: grace, code: { text: 'Heart failure' } },
  ...more,
})

/** A nurse of a practice without a relation to anybody here. */
export const elsewhere: Actor = {
  ...{ identity: 'else', name: 'Nurse Else', role: 'nurse-case-manager' },
  ...{ practitioner: 'nurse-else', organisation: 'elsewhere-clinic' },
}

/** Grace with her practice, her care team, her case and her carer; a test adds others. */
export async function relationsServer({ sql }: Pick<Opened, 'sql'>, ...records: readonly object[]) {
  const server = await openHandler({ sql, now: at })
  await server.seed(
    [...standing, patient, team(amina), episode, relative] as never,
    'brook-surgery',
  )
  await server.seed(records as never)
  const nurse = await beginSession(sql, elsewhere, at)
  const callerOf = async (who: string): Promise<Caller> =>
    who === 'else' ? server.withToken(nurse) : await server.as(who)
  const send = async (who: string, path: string, init: Parameters<Caller>[1] = {}) =>
    await (await callerOf(who))(`/fhir${path}`, init)
  const put = async (who: string, record: Sent, version = 0) => {
    const headers = version ? { 'If-Match': `W/"${version}"` } : {}
    const path = `/${record.resourceType}/${record.id}`
    return (await send(who, path, { method: 'PUT', headers, json: record })).status
  }
  const importAs = async (who: string, ...brought: readonly object[]) => {
    const entry = brought.map((resource) => ({ resource }))
    const json = { resourceType: 'Bundle', type: 'collection', entry }
    return await (await send(who, '/$import', { method: 'POST', json })).text()
  }
  const reads = async (who: string, path = `Patient/${graceId}`) =>
    (await send(who, `/${path}`)).status
  const remove = async (who: string, path: string) =>
    (await send(who, `/${path}`, { method: 'DELETE' })).status
  const accessNews = async (who: string) => {
    const trail = (await (await send(who, `/Patient/${graceId}/$who-looked`)).json()) as Bundle
    return (trail.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'AuditEvent' &&
      resource.subtype?.some(({ code }) => code === 'access-changed')
        ? [resource.outcomeDesc]
        : [],
    )
  }
  return { ...server, sql, send, put, importAs, reads, remove, accessNews }
}

export type RelationsServer = Awaited<ReturnType<typeof relationsServer>>
