import type { Caller } from '#test-support/servers/handler.ts'
import { amina, grace } from './grace-records.ts'

export const ownCodes = 'https://gable.example/codes'
export const worseNow = '2026-03-02T09:00:00.000Z'
export const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const
export const graceTeam = {
  ...{ resourceType: 'CareTeam', id: 'team-case-1', status: 'active', subject: grace },
  participant: [{ member: amina }, { member: { reference: 'Practitioner/karen-lee' } }],
} as const

/** Writes a record: a new one, or over this version. */
export const putRecord = async <T extends Readonly<{ id: string; resourceType: string }>>(
  call: Caller,
  record: T,
  version?: number,
) =>
  await call(`/fhir/${record.resourceType}/${record.id}`, {
    method: 'PUT',
    json: record,
    ...(version === undefined ? {} : { headers: { 'If-Match': `W/"${version}"` } }),
  })
