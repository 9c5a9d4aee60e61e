import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { evaluationAnswer, evaluationRequest } from '#domain/evaluation/evaluation-answer.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { programmeEntryToFhir } from '#domain/programme/programme-entry-fhir.ts'
import { programmeToFhir } from '#domain/programme/programme-fhir.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { frailty } from '#test-support/worlds/programmes-world.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const subject = (id: string) => ({ reference: `Patient/${id}` })

const person = (id: string, more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-01-01', gender: 'female' },
  name: [{ family: `Family-${id}`, given: ['Zoë'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})
const copd = (id: string): ResourceWithId => ({
  ...{ resourceType: 'Condition', id: `${id}-copd`, subject: subject(id) },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '13645005' }] },
})
const stay = (id: string, month: string): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id: `${id}-${month}`, status: 'finished' },
  ...{ class: { code: 'IMP' }, subject: subject(id) },
  period: { start: `${month}-10T10:00:00Z`, end: `${month}-12T10:00:00Z` },
})
const takenOn = (id: string, start: string): ResourceWithId => ({
  ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active', patient: subject(id) },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, period: { start } },
  careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
})
const entered = (person: string, day: string): ResourceWithId =>
  programmeEntryToFhir({
    ...{ id: `in-${person}`, person, programme: 'frailty', version: 1, title: frailty.title },
    steps: (['invited', 'entered'] as const).map((kind) => ({
      ...{ kind, day, at: `${day}T09:00:00Z` },
      by: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
    })),
  })
const many = (letter: string, count: number) =>
  Array.from({ length: count }, (_, place) => `${letter}${String(place).padStart(3, '0')}`)

/**
 * Everybody was in hospital in April 2025. 120 were taken on in June, of whom 30 came back in July; of 200 others 100
 * did. Ten more were taken on later, one too recently to be followed.
 */
const records: readonly ResourceWithId[] = [
  ...many('a', 120).flatMap((id, place) => [
    ...[person(id), copd(id), stay(id, '2025-04'), takenOn(id, '2025-06-01T09:00:00Z')],
    ...(place < 30 ? [stay(id, '2025-07')] : []),
  ]),
  ...many('b', 200).flatMap((id, place) => [
    ...[person(id), copd(id), stay(id, '2025-04')],
    ...(place % 2 === 0 ? [stay(id, '2025-07')] : []),
    ...(place < 10 ? [takenOn(id, '2025-12-01T09:00:00Z')] : []),
  ]),
  // not one of them is in a group
  ...many('c', 7).map((id) => person(id)),
  ...many('d', 6).flatMap((id) => [person(id, { deceasedBoolean: true }), copd(id)]),
]

eachStore('A matched evaluation', (open) => {
  async function started(more: readonly ResourceWithId[] = []): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords(), ...records, ...more], 'brook-surgery')
    return server
  }

  async function ask(server: OpenHandler, who: string, programme?: string) {
    const asked = evaluationRequest.write(programme === undefined ? {} : { programme })
    const response = await (await server.as(who))('/fhir/$matched-evaluation', {
      ...{ method: 'POST', json: asked },
    })
    return {
      status: response.status,
      read: async () => evaluationAnswer.read((await response.json()) as Parameters),
    }
  }

  test('says what happened to those who were taken on and to people like them, with its interval', async () => {
    const server = await started()
    const answer = await (await ask(server, 'amina')).read()
    expect(answer).toMatchObject({
      ...{ from: '2025-03-02', until: '2025-09-01', days: 182, fewestPairs: 100 },
      ...{ taken: { count: 120 }, alone: { count: 0 }, pool: { count: 200 } },
      ...{ takenOnLater: { count: 10 }, all: { pairs: { count: 120 } } },
      leftOut: { nothingRecorded: { count: 7 }, deathUndated: { count: 6 } },
    })
    const [stays, any, died] = answer.all.outcomes
    expect(stays).toMatchObject({
      ...{ outcome: 'emergency-stays', verdict: 'fewer', taken: { before: 100, after: 25 } },
      others: { before: 100 },
    })
    // of the 200 others 120 are in pairs: which of them, the draw says
    expect(stays?.difference).toBeCloseTo(25 - (stays?.others?.after ?? 0), 5)
    expect((stays?.low ?? 0) < -15 && (stays?.high ?? 0) < 0).toBe(true)
    expect(any?.verdict).toBe('fewer')
    expect(died).toMatchObject({ verdict: 'not-told', taken: { after: 0 } })
    expect(answer.balance.find(({ fact }) => fact === 'age')).toMatchObject({ before: 0, after: 0 })
  })

  test('below a hundred pairs only their number is told', async () => {
    const gone = many('a', 21).map((id) => person(id, { deceasedBoolean: true }))
    const server = await started(gone)
    const { all, balance } = await (await ask(server, 'amina')).read()
    expect({ all, balance }).toEqual({ all: { pairs: { count: 99 }, outcomes: [] }, balance: [] })
  })

  test('a manager reads rounded counts, and nobody outside reads any', async () => {
    const server = await started([person('c900')])
    const answer = await (await ask(server, 'ruth')).read()
    expect(answer.leftOut).toEqual({
      ...{ optedOut: { fewerThan: 5 }, leftTheList: { fewerThan: 5 } },
      ...{ nothingRecorded: { count: 10 }, deathUndated: { count: 5 } },
    })
    expect(await (await ask(server, 'stranger')).read()).toMatchObject({
      ...{ taken: { count: 0 }, pool: { count: 0 }, all: { pairs: { count: 0 } } },
    })
    expect((await ask(server, 'grace')).status).toBe(403)
    expect((await ask(server, 'ruth', 'no-such-programme')).status).toBe(404)
  })

  test('whoever said no to planning is in neither group', async () => {
    const server = await started(
      many('a', 6).map((id) => optOutToFhir({ person: id, kind: 'planning', stands: true })),
    )
    const answer = await (await ask(server, 'amina')).read()
    expect(answer.taken).toEqual({ count: 114 })
    expect(answer.leftOut.optedOut).toEqual({ count: 6 })
  })

  test('of a programme, whoever entered it before is nobody to compare with', async () => {
    const server = await started([
      programmeToFhir({ ...frailty, version: 1 }),
      ...many('a', 120).map((id) => entered(id, '2025-06-01')),
      // a year and a half ago, without a case
      ...many('b', 200)
        .slice(10, 110)
        .map((id) => entered(id, '2024-09-01')),
    ])
    const answer = await (await ask(server, 'amina', 'frailty')).read()
    expect(answer).toMatchObject({ taken: { count: 120 }, pool: { count: 100 } })
    // one contact a week was due, and none is recorded
    expect([answer.fuller, answer.lessFull?.pairs]).toEqual([
      { pairs: { count: 0 }, outcomes: [] },
      answer.all.pairs,
    ])
    expect(answer.programmes).toEqual([{ id: 'frailty', title: frailty.title }])
  })
})
