import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dataQuality, qualityGaps } from '#domain/roster/data-quality.ts'
import { personSourcesSql } from '#server/store/summary/person-sources.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const brook = { reference: 'Organization/brook-surgery' }
const whole = (id: string, more: object = {}) =>
  ({
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01', gender: 'female' },
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
    name: [{ family: id, given: ['Zoë'] }],
    address: [{ postalCode: 'AB1 2CD' }],
    telecom: [{ value: '01632 960100' }],
    generalPractitioner: [brook],
    ...more,
  }) as ResourceWithId
const bare = (id: string, more: object = {}) =>
  ({
    ...{ resourceType: 'Patient', id, name: [{ family: id }], generalPractitioner: [brook] },
    ...more,
  }) as ResourceWithId
const number = (value: string) => ({
  identifier: [
    {
      ...{ system: 'https://fhir.nhs.uk/Id/nhs-number', value },
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
          valueCodeableConcept: {
            coding: [
              {
                system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
                code: 'number-present-but-not-traced',
              },
            ],
          },
        },
      ],
    },
  ],
})

eachStore('How good the data is', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-10T09:00:00Z') })
    await server.seed([whole('P1')], 'brook-surgery')
    const amina = await server.as('amina')
    const brought = [
      bare('F1'),
      bare('F2', { ...number('9991001019'), meta: { source: 'urn:oid:emis#msg-77' } }),
      bare('F3', { meta: { source: 'urn:oid:emis' }, birthDate: '1960-01-01' }),
      {
        ...{ resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/F3' } },
        ...{
          code: { coding: [{ system: 'urn:own', code: 'X' }] },
          meta: { source: 'urn:oid:emis' },
        },
        clinicalStatus: {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
          ],
        },
      },
    ]
    const body = brought.map((each) => JSON.stringify(each)).join('\n')
    const headers = { 'Content-Type': 'application/fhir+ndjson' }
    expect((await amina('/fhir/$import', { method: 'POST', body, headers })).status).toBe(200)
    const look = async (who: string) => {
      const answer = await (await server.as(who))('/fhir/Patient/$data-quality')
      if (!answer.ok) return answer.status
      return dataQuality.read((await answer.json()) as Parameters)
    }
    return { ...server, look }
  }

  test('is counted for each source: what is missing, which codes no score knows, and the last record', async () => {
    const { look } = await started()
    const found = await look('amina')
    if (typeof found === 'number') throw new Error(`refused: ${found}`)
    const named = found.sources.map(({ kind, system = '', people, records, last, gaps }) => ({
      ...{ source: `${kind} ${system}`.trim(), people, records, last },
      lacks: Object.fromEntries(
        gaps.flatMap(({ gap, people: of }) =>
          'count' in of && of.count > 0 ? [[gap, of.count]] : [],
        ),
      ),
    }))
    const of = (source: string) => named.find((each) => each.source === source)
    expect(of('system urn:oid:emis')).toMatchObject({
      ...{ people: { count: 2 }, records: { count: 3 }, last: '2026-03-10' },
      lacks: {
        ...{ noNumber: 1, uncheckedNumber: 1, noBirthDate: 1, noSex: 2, noAddress: 2, noPhone: 2 },
        ...{ noEthnicity: 2, noLanguage: 2, unmapped: 1 },
      },
    })
    expect(of('file')).toMatchObject({ people: { count: 1 }, lacks: { noNumber: 1 } })
    expect(of('here')?.lacks).not.toHaveProperty('noNumber')
    expect(found.sources[0]?.gaps.map(({ gap }) => gap)).toEqual(qualityGaps)
  })

  test('is in fives for a manager, of the caller’s own people for staff, and for nobody else', async () => {
    const { look } = await started()
    const [ruth, karen] = [await look('ruth'), await look('karen')]
    if (typeof ruth === 'number' || typeof karen === 'number') throw new Error('refused')
    expect(ruth.rounded).toBe(true)
    for (const { people, gaps } of ruth.sources)
      for (const each of [people, ...gaps.map((gap) => gap.people)])
        expect(each).toEqual({ fewerThan: 5 })
    // which sources they came from, how many records and when the last came would tell of one person
    expect(ruth.sources.map(({ gaps: _gaps, ...each }) => each)).toEqual([
      { kind: 'other', people: { fewerThan: 5 } },
    ])
    expect(karen.sources).toEqual([])
    expect(await look('grace')).toBe(403)
  })

  test('reads no record of somebody whose records have not changed, and says the same as a count of them all', async () => {
    const { look, sql, as } = await started()
    const counted = async () => {
      const { rows } = await sql.query(
        `select s.person, s.source, s.org, s.written, s.lacks, s.records
         from (${personSourcesSql('select person from person_row')}) s order by s.person`,
      )
      return rows
    }
    /** Everybody is counted in their records, and nothing is kept of it. */
    const plain = async () => {
      let all: readonly unknown[] = []
      const undone = sql.transaction(async (tx) => {
        await tx.script('insert into person_stale select person from person_row')
        const { rows } = await tx.query(
          `select s.* from (${personSourcesSql('select person from person_row')}) s order by s.person`,
        )
        all = rows
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      return all
    }
    const first = await look('amina')
    expect(await sql.query('select 1 from person_stale')).toMatchObject({ rows: [] })
    expect(await counted()).toEqual(await plain())
    const from = (source: string) =>
      sql.query(
        `update resource set content = jsonb_set(content, '{meta,source}', to_jsonb($1::text)) where id = 'c1'`,
        [source],
      )
    await from('urn:x')
    expect(await look('amina'), 'no record is read').toEqual(first)
    await from('urn:oid:emis')
    const amina = await as('amina')
    const about = (person: string, edit?: number) =>
      amina('/fhir/Observation/o1', {
        ...{ method: 'PUT', headers: edit ? { 'If-Match': `W/"${edit}"` } : {} },
        json: {
          ...{ resourceType: 'Observation', id: 'o1', status: 'final', code: { text: 'Weight' } },
          subject: { reference: `Patient/${person}` },
        },
      })
    const before = await counted()
    expect((await about('F3')).status).toBe(201)
    const isNoted = await sql.query('select person from person_stale')
    expect(isNoted.rows).toEqual([{ person: 'F3' }])
    expect(await counted(), 'counted on the spot').toEqual(await plain())
    expect(await counted()).not.toEqual(before)
    await Promise.all([about('F3', 1), look('amina'), look('amina')])
    expect((await amina('/fhir/Observation/o1', { method: 'DELETE' })).ok).toBe(true)
    await look('amina')
    expect(await counted()).toEqual(await plain())
  })

  test('says who was written by nobody for two years', async () => {
    const { look, pass } = await started()
    pass(3 * 366 * 24 * 60)
    const found = await look('admin')
    if (typeof found === 'number') throw new Error(`refused: ${found}`)
    const old = found.sources.map(({ gaps }) => gaps.find(({ gap }) => gap === 'old')?.people)
    expect(old).toEqual([{ count: 2 }, { count: 1 }, { count: 1 }])
  })
})
