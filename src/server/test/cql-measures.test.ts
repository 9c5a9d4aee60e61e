import type { Bundle, MeasureReport, OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { afterAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { gapsFromFhir } from '#domain/quality/gaps-to-fhir.ts'
import { gapsWorklist } from '#domain/quality/gaps-worklist.ts'
import { workOutNextSlice } from '#server/cql/start-working-out.ts'
import { workerEngine } from '#server/hosts/node/cql/worker-engine.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')
const engine = workerEngine()
afterAll(async () => await engine.close())

const snomed = 'http://snomed.info/sct'
const pressure = 'cql-blood-pressure-checked'
const contacted = 'cql-contacted-after-stay'

const patient = (id: string, more: object = {}): ResourceWithId =>
  ({
    ...{ resourceType: 'Patient', id, name: [{ family: id }], birthDate: '1950-01-01' },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    ...more,
  }) as ResourceWithId

const hypertension = (person: string): ResourceWithId =>
  ({
    ...{
      resourceType: 'Condition',
      id: `h-${person}`,
      subject: { reference: `Patient/${person}` },
    },
    code: { coding: [{ system: snomed, code: '38341003' }] },
  }) as ResourceWithId

const measured = (person: string, day: string): ResourceWithId =>
  ({
    ...{ resourceType: 'Observation', id: `b-${person}`, status: 'final' },
    subject: { reference: `Patient/${person}` },
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    effectiveDateTime: day,
  }) as ResourceWithId

const stay = (person: string, end: string): ResourceWithId =>
  ({
    ...{ resourceType: 'Encounter', id: `e-${person}`, status: 'finished' },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    subject: { reference: `Patient/${person}` },
    period: { start: '2026-03-01T10:00:00Z', end },
  }) as ResourceWithId

const contact = (person: string, sent: string, status = 'completed'): ResourceWithId =>
  ({
    ...{ resourceType: 'Communication', id: `c-${person}-${status}`, status, sent },
    category: [{ coding: [{ system: 'https://gable.example/codes', code: 'contact' }] }],
    subject: { reference: `Patient/${person}` },
  }) as ResourceWithId

const left = '2026-05-04T12:00:00.000Z'
const people: readonly ResourceWithId[] = [
  ...[patient('p1'), hypertension('p1'), measured('p1', '2026-06-01T10:00:00Z')],
  ...[patient('p2'), hypertension('p2'), measured('p2', '2024-06-01T10:00:00Z')],
  ...[patient('p3'), stay('p3', left), contact('p3', '2026-05-06T12:00:00.000Z')],
  ...[patient('p4'), stay('p4', left), contact('p4', '2026-05-06T12:00:00.001Z')],
  ...[patient('p5'), stay('p5', left), contact('p5', '2026-05-05T12:00:00.000Z', 'not-done')],
]

eachStore('Measures in CQL', (open) => {
  async function started(more: readonly ResourceWithId[] = []) {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now, cql: engine })
    await server.seed(
      [...demoOrganisationRecords('2026-11-23'), ...people, ...more],
      'brook-surgery',
    )
    const call = async (who: string, path: string, json?: object) =>
      await (await server.as(who))(`/fhir/${path}`, json ? { method: 'POST', json } : {})
    const add = async (body: object = { resourceType: 'Parameters' }) =>
      await call('admin', 'Measure/$import-measure', body)
    const evaluate = async (who: string, id: string, more: readonly object[]) =>
      await call(who, `Measure/${id}/$evaluate-measure`, {
        resourceType: 'Parameters',
        parameter: [
          { name: 'periodStart', valueDate: '2025-11-24' },
          { name: 'periodEnd', valueDate: '2026-11-23' },
          ...more,
        ],
      })
    const ofPerson = async (id: string, person: string) => {
      const answer = await evaluate('amina', id, [{ name: 'subject', valueString: person }])
      expect(answer.status).toBe(200)
      const { extension = [] } = (await answer.json()) as MeasureReport
      return extension.map((each) => each.valueCode ?? each.valueString)
    }
    const ofAll = async (who: string, id: string, more: readonly object[] = []) =>
      await evaluate(who, id, [{ name: 'reportType', valueCode: 'population' }, ...more])
    const gaps = async (person: string, who = 'amina') =>
      gapsFromFhir((await (await call(who, `Patient/${person}/$care-gaps`)).json()) as Parameters)
    const worklist = async (who = 'amina') =>
      gapsWorklist.read((await (await call(who, '$gaps')).json()) as Parameters)
    const workOut = async () => {
      while (await workOutNextSlice(sql, engine, { now, zone: 'Europe/London' })) {}
    }
    return { sql, server, call, add, evaluate, ofPerson, ofAll, gaps, worklist, workOut }
  }

  test('come with Gable, are added by an administrator, and added again change nothing', async () => {
    const { add, call } = await started()
    for (const who of ['amina', 'ruth', 'grace'])
      expect(
        (await call(who, 'Measure/$import-measure', { resourceType: 'Parameters' })).status,
      ).toBe(403)
    const answer = await add()
    expect(answer.status).toBe(200)
    const { entry } = (await answer.json()) as Bundle
    expect(entry?.map(({ resource }) => resource?.id)).toEqual([pressure, contacted])
    await add()
    const kept = (await (await call('amina', `Measure/${pressure}`)).json()) as {
      meta: { versionId: string }
    }
    expect(kept.meta.versionId).toBe('1')
  })

  test('say of one person where they stand, and which definition decided it', async () => {
    const { add, ofPerson } = await started()
    await add()
    expect(await ofPerson(pressure, 'Patient/p1')).toEqual([
      'met',
      'Blood pressure was measured in the period',
    ])
    expect(await ofPerson(pressure, 'p2')).toEqual([
      'unmet',
      'Blood pressure was measured in the period',
    ])
    expect(await ofPerson(pressure, 'p3')).toEqual([
      'outside',
      'Has high blood pressure on the record',
    ])
    expect((await ofPerson(contacted, 'p3'))[0], 'exactly 48 hours').toBe('met')
    expect((await ofPerson(contacted, 'p4'))[0], 'later').toBe('unmet')
    expect((await ofPerson(contacted, 'p5'))[0], 'a call that reached nobody').toBe('unmet')
  })

  test('are worked out for everybody in the background, with who was left out counted, and can be stopped', async () => {
    const saidNo = Array.from({ length: 6 }, (_, at) => [
      patient(`n${at}`),
      hypertension(`n${at}`),
      {
        ...{ resourceType: 'Consent', id: `no-${at}`, status: 'active' },
        scope: { coding: [{ code: 'patient-privacy' }] },
        category: [
          { coding: [{ system: 'https://gable.example/codes', code: 'opt-out-planning' }] },
        ],
        patient: { reference: `Patient/n${at}` },
        provision: { type: 'deny' },
      } as ResourceWithId,
    ]).flat()
    const many = Array.from({ length: 60 }, (_, at) => [
      patient(`m${at}`),
      hypertension(`m${at}`),
      ...(at < 40 ? [measured(`m${at}`, '2026-02-01T10:00:00Z')] : []),
    ]).flat()
    const { add, ofAll, workOut, call, worklist, sql } = await started([...saidNo, ...many])
    await add()
    expect((await ofAll('grace', pressure)).status).toBe(403)
    const first = (await (await ofAll('ruth', pressure)).json()) as MeasureReport
    expect(first.status).toBe('pending')
    const stop = () =>
      call('ruth', `Measure/${pressure}/$stop-measure`, { resourceType: 'Parameters' })
    await workOutNextSlice(sql, engine, { now, zone: 'Europe/London' })
    expect((await worklist('ruth')).measures[0]?.run).toMatchObject({
      state: 'running',
      done: 50,
      total: 65,
    })
    expect((await stop()).status).toBe(200)
    expect((await stop()).status).toBe(409)
    await workOut()
    expect((await worklist('ruth')).measures[0]?.run).toMatchObject({ state: 'stopped', done: 50 })
    await ofAll('ruth', pressure, [{ name: 'again', valueBoolean: true }])
    await workOut()
    const report = (await (await ofAll('ruth', pressure)).json()) as MeasureReport
    expect(report.status).toBe('complete')
    const counts = report.group?.[0]?.population?.map((each) => [
      each.code?.coding?.[0]?.code,
      each.count,
    ])
    expect(counts).toEqual([
      ['denominator', 62],
      ['numerator', 41],
    ])
    const { rows } = await sql.query(
      'select numerator::int, denominator::int, left_out, month, origin from measure_result',
    )
    expect(rows).toEqual([
      { numerator: 41, denominator: 62, left_out: 6, month: '2026-11', origin: 'cql' },
    ])
    const list = await worklist()
    expect(list.people).toHaveLength(21)
    expect((await worklist('ruth')).people, 'no names for managers').toEqual([])
  })

  test('hide both sides of a share that could tell of one person', async () => {
    const { add, ofAll, workOut } = await started()
    await add()
    await ofAll('ruth', pressure)
    await workOut()
    const report = (await (await ofAll('ruth', pressure)).json()) as MeasureReport
    expect(report.status).toBe('complete')
    expect(report.group).toBeUndefined()
  })

  test('what is due can be declined with who, when and why, and that can be taken back', async () => {
    const { add, gaps, call, ofAll, workOut, worklist } = await started()
    await add()
    const states = async () => (await gaps('p2')).map(({ state }) => state)
    expect(await states()).toEqual(['open', 'not-applicable'])
    await ofAll('amina', pressure)
    await workOut()
    expect((await worklist()).people.map(({ id }) => id)).toEqual(['p2'])
    const decline = async (more: readonly object[], who = 'amina') =>
      await call(who, 'Patient/p2/$decline-gap', {
        resourceType: 'Parameters',
        parameter: [{ name: 'measure', valueCode: pressure }, ...more],
      })
    expect((await decline([])).status, 'without a reason').toBe(422)
    expect((await decline([{ name: 'reason', valueString: 'x' }], 'stranger')).status).toBe(404)
    const reason = { name: 'reason', valueString: 'He does not want it, he said on the phone' }
    expect((await decline([reason])).status).toBe(200)
    expect((await gaps('p2'))[0]).toMatchObject({
      state: 'declined',
      decline: { by: 'Amina Yusuf', day: '2026-11-23', reason: reason.valueString },
    })
    expect((await worklist()).people).toEqual([])
    expect((await decline([{ name: 'undo', valueBoolean: true }])).status).toBe(200)
    expect(await states()).toEqual(['open', 'not-applicable'])
    expect((await decline([{ name: 'undo', valueBoolean: true }])).status).toBe(409)
    expect((await worklist()).people.map(({ id }) => id)).toEqual(['p2'])
  })

  test('broken bundles are refused in words, and nothing is kept', async () => {
    const { add, call } = await started()
    const [good] = await engine.ownMeasures()
    const changed = (type: string, change: (resource: Record<string, unknown>) => unknown) =>
      ({
        ...good,
        entry: good?.entry?.flatMap(({ resource }) => {
          if (resource?.resourceType !== type) return [{ resource }]
          const next = change(structuredClone(resource) as unknown as Record<string, unknown>)
          return next ? [{ resource: next as never }] : []
        }),
      }) as object
    const withElm = (change: (elm: Record<string, never>) => unknown) =>
      changed('Library', (library) => {
        const content = library['content'] as { contentType: string; data: string }[]
        const elm = content.find(({ contentType }) => contentType === 'application/elm+json')
        if (!elm) return library
        const read = JSON.parse(Buffer.from(elm.data, 'base64').toString())
        elm.data = Buffer.from(
          JSON.stringify({ library: change(read.library) ?? read.library }),
        ).toString('base64')
        return library
      })
    const deep = () => {
      let node: object = { type: 'Null' }
      for (let at = 0; at < 600; at += 1) node = { operand: node }
      return node
    }
    const tries: readonly [object, string][] = [
      [{ resourceType: 'Patient' }, 'Send a FHIR Bundle'],
      [changed('Measure', () => undefined), 'holds 0 measures'],
      [changed('Library', () => undefined), 'is missing: the bundle holds no Library'],
      [
        changed('Library', (library) => ({
          ...library,
          content: [{ contentType: 'text/cql', data: 'eA==' }],
        })),
        'holds CQL that was not compiled',
      ],
      [
        changed('Library', (library) => ({
          ...library,
          content: [{ contentType: 'application/elm+json', data: 'eA==' }],
        })),
        'cannot be read',
      ],
      [
        changed('ValueSet', () => undefined),
        'needs the value set https://gable.example/fhir/ValueSet/high-blood-pressure, which is missing',
      ],
      [
        changed('ValueSet', (set) => ({
          ...set,
          compose: { include: [{ system: snomed, filter: [] }] },
        })),
        'says by a rule which codes it holds',
      ],
      [
        changed('Measure', (measure) => ({ ...measure, scoring: { coding: [{ code: 'ratio' }] } })),
        'Only proportions',
      ],
      [
        withElm((elm) => ({ ...elm, schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r9' } })),
        'ELM of version “r9”',
      ],
      [
        withElm((elm) => ({
          ...elm,
          usings: {
            def: [{ localIdentifier: 'QICore', uri: 'http://hl7.org/fhir', version: '4.1.1' }],
          },
        })),
        'written for QICore 4.1.1',
      ],
      [
        withElm((elm) => ({
          ...elm,
          includes: { def: [{ path: 'FHIRHelpers', version: '4.0.1' }] },
        })),
        'needs the library FHIRHelpers 4.0.1, which is missing',
      ],
      [
        withElm((elm) =>
          JSON.parse(JSON.stringify(elm).replaceAll('}Observation', '}ResearchStudy')),
        ),
        'reads records of the type ResearchStudy',
      ],
      [withElm((elm) => ({ ...elm, extra: deep() })), 'nests deeper'],
    ]
    for (const [body, words] of tries) {
      const answer = await add(body)
      expect(answer.status, words).toBe(422)
      const { issue } = (await answer.json()) as OperationOutcome
      expect(issue.map(({ details }) => details?.text).join('\n')).toContain(words)
    }
    expect((await call('admin', `Measure/${pressure}`)).status).toBe(404)
  })

  test('a new version needs a number of its own, and is kept beside the old one', async () => {
    const { add, call } = await started()
    await add()
    const [good] = await engine.ownMeasures()
    const text = JSON.stringify(good).replaceAll('"55284-4"', '"8480-6"')
    const same = await add(JSON.parse(text))
    expect(same.status).toBe(409)
    expect(await same.text()).toContain('Version 1.0.0 of this measure is here already')
    expect(
      (
        await add(
          JSON.parse(
            text
              .replaceAll('"version":"1.0.0"', '"version":"1.1.0"')
              .replaceAll('|1.0.0', '|1.1.0'),
          ),
        )
      ).status,
    ).toBe(200)
    const history = (await (await call('amina', `Measure/${pressure}/_history`)).json()) as Bundle
    expect(
      history.entry?.map(({ resource }) => (resource as { version?: string }).version),
    ).toEqual(['1.1.0', '1.0.0'])
  })
})
