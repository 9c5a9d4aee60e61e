import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { stayMessageToFhir } from '#domain/discharge/stay-message.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { OptOutKind } from '#domain/opt-out/is-opt-out.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-10T09:00:00Z')
const about = (id: string) => ({ reference: `Patient/${id}` })
const somebody = (id: string, more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
  name: [{ family: id, given: ['Zoë'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})
const stay = (
  id: string,
  [status, code]: readonly [string, string],
  [start, end]: readonly [string, string?],
  more: object = {},
) =>
  ({
    ...{ resourceType: 'Encounter', id: `${id}-${start}`, status, class: { code } },
    subject: about(id),
    period: { start: `${start}T10:00:00Z`, ...(end ? { end: `${end}T15:00:00Z` } : {}) },
    ...more,
  }) as ResourceWithId
const taken = (id: string, status: string): ResourceWithId =>
  ({
    ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status, patient: about(id) },
    managingOrganization: { reference: 'Organization/brook-surgery' },
    careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
  }) as ResourceWithId

const emergency = { priority: { coding: [{ code: 'EM' }] } }
const places = {
  location: [{ location: { display: 'Ward 2' } }, { location: { display: 'Ward 4' } }],
  serviceProvider: { display: 'St Anne’s' },
  reasonCode: [{ text: 'Fall' }],
}
const people: readonly ResourceWithId[] = [
  ...[
    'Ward',
    'Dept',
    'Home',
    'Long',
    'Back',
    'Case',
    'Planned',
    'Died',
    'Gone',
    'Closed',
    'Bad',
    'Stale',
    'Old',
  ].map((id) => somebody(id, id === 'Died' ? { deceasedDateTime: '2026-03-09' } : {})),
  somebody('Far', { generalPractitioner: [{ reference: 'Organization/elsewhere-clinic' }] }),
  stay('Ward', ['in-progress', 'IMP'], ['2026-03-08'], { ...emergency, ...places }),
  stay('Dept', ['arrived', 'EMER'], ['2026-03-10']),
  stay('Home', ['finished', 'IMP'], ['2026-03-01', '2026-03-03']),
  stay('Long', ['finished', 'IMP'], ['2026-02-20', '2026-03-02']),
  stay('Back', ['finished', 'IMP'], ['2026-03-01', '2026-03-05']),
  stay('Back', ['in-progress', 'IMP'], ['2026-03-09']),
  stay('Case', ['in-progress', 'IMP'], ['2026-03-07']),
  taken('Case', 'active'),
  stay('Planned', ['planned', 'IMP'], ['2026-03-09']),
  stay('Died', ['in-progress', 'IMP'], ['2026-03-01']),
  stay('Gone', ['finished', 'AMB'], ['2026-03-09', '2026-03-09']),
  stay('Closed', ['in-progress', 'ACUTE'], ['2026-03-06']),
  taken('Closed', 'finished'),
  stay('Bad', ['finished', 'IMP'], ['2026-02-20', '2026-02-30']),
  stay('Stale', ['in-progress', 'IMP'], ['2021-03-01']),
  stay('Stale', ['finished', 'IMP'], ['2026-01-01', '2026-01-03']),
  stay('Old', ['in-progress', 'IMP'], ['2021-03-01']),
  taken('Old', 'active'),
  stay('Far', ['in-progress', 'IMP'], ['2026-03-06']),
]

type Line = Readonly<Record<string, string | number | boolean | undefined>>
const linesOf = ({ parameter = [] }: Parameters): readonly Line[] =>
  parameter
    .filter(({ name }) => name === 'person')
    .map(({ part = [] }) =>
      Object.fromEntries(
        part.map(({ name, name: _name, ...value }) => {
          const [said] = Object.values(value)
          return [name, typeof said === 'object' ? (said as { reference: string }).reference : said]
        }),
      ),
    )

eachStore('Who is in hospital', (open) => {
  async function asked(who: string, coordinated?: string, more: readonly ResourceWithId[] = []) {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    await server.seed([...people, ...more], 'brook-surgery')
    const call = await server.as(who)
    const answer = await call('/fhir/$in-hospital', {
      method: 'POST',
      json: {
        resourceType: 'Parameters',
        parameter: coordinated ? [{ name: 'coordinated', valueCode: coordinated }] : [],
      },
    })
    const body = (await answer.json()) as Parameters
    const count = (name: string) => body.parameter?.find((each) => each.name === name)?.valueInteger
    return { status: answer.status, lines: linesOf(body), count }
  }

  test('People without a case are found on a ward, in a department and home for a week', async () => {
    const { lines, count } = await asked('amina')
    expect(lines.map(({ id, place }) => [id, place])).toEqual([
      ['Patient/Dept', 'emergency-department'],
      ['Patient/Back', 'ward'],
      ['Patient/Ward', 'ward'],
      ['Patient/Closed', 'ward'],
      ['Patient/Home', 'home'],
    ])
    expect([count('nobody'), count('somebody')]).toEqual([5, 2])
    expect(lines[2]).toMatchObject({
      ...{ family: 'Ward', since: '2026-03-08', ward: 'Ward 4', hospital: 'St Anne’s' },
      ...{ reason: 'Fall', emergency: true },
    })
    expect(lines[4]).toMatchObject({ until: '2026-03-03' })
    expect(lines[1]?.['emergency'], 'a stay of unknown kind is not called one').not.toBe(true)
  })

  test('People on a caseload are listed with their coordinator, and a stay that nobody closed says so', async () => {
    const { lines } = await asked('amina', 'somebody')
    expect(lines).toMatchObject([
      { id: 'Patient/Case', coordinator: 'Amina Yusuf', caseStatus: 'active' },
      { id: 'Patient/Old', since: '2021-03-01', mayHaveEnded: true },
    ])
    expect(lines[0]?.['mayHaveEnded']).not.toBe(true)
    expect((await asked('amina', 'all')).lines).toHaveLength(7)
  })

  test('The last day that somebody said is shown with whoever is on a ward', async () => {
    const said = (on: string, at: string, more: object = {}): ResourceWithId => ({
      ...stayMessageToFhir({
        ...{ id: `e-${on}`, kind: 'expected-discharge', person: 'Ward', stay: 'Ward-2026-03-08' },
        ...{ words: 'Shauna Reid', on, at },
        by: { reference: 'Practitioner/amina-yusuf', name: 'Amina', voice: 'professional' },
      }),
      ...more,
    })
    const { lines } = await asked('amina', 'nobody', [
      said('2026-03-12', '2026-03-09T09:00:00Z'),
      said('2026-03-14', '2026-03-10T08:00:00Z'),
      said('2026-03-20', '2026-03-10T08:30:00Z', { status: 'entered-in-error' }),
    ])
    expect(lines.map(({ id, expected }) => [id, expected])).toContainEqual([
      ...['Patient/Ward', '2026-03-14'],
    ])
    expect(lines.filter(({ expected }) => expected)).toHaveLength(1)
  })

  test('Who said no to being looked for is listed only while somebody coordinates, and a no to a case is said', async () => {
    const no = (person: string, kind: OptOutKind) => optOutToFhir({ person, kind, stands: true })
    const said = [no('Ward', 'finding'), no('Case', 'finding'), no('Back', 'case')]
    const { lines } = await asked('amina', 'all', said)
    const ids = lines.map(({ id }) => id)
    expect(ids).not.toContain('Patient/Ward')
    expect(ids).toContain('Patient/Case')
    expect(lines.filter(({ noCase }) => noCase).map(({ id }) => id)).toEqual(['Patient/Back'])
  })

  test('Nobody sees who is in hospital beyond those whom they may see, and no manager, person or carer', async () => {
    expect((await asked('stranger', 'all')).lines.map(({ id }) => id)).toEqual(['Patient/Far'])
    for (const who of ['ruth', 'grace', 'chidi', 'admin'])
      expect((await asked(who)).status, who).toBe(403)
  })
})
