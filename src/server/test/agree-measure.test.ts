import type { Measure, OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { outcomesParameters } from '#domain/outcome/outcomes.ts'
import { seedOutcomes } from '#server/hosts/node/seed-outcomes.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')

const names: Readonly<Record<string, string>> = { measure: 'valueId', kind: 'valueCode' }
const typeNames: Readonly<Record<string, string>> = {
  ...{ boolean: 'valueBoolean', number: 'valueDecimal', string: 'valueString' },
}
const parametersOf = (said: Readonly<Record<string, string | boolean | number>>) =>
  Object.entries(said).map(([name, value]) => ({
    ...{ name, [names[name] ?? typeNames[typeof value] ?? '']: value },
  }))

eachStore('Partners agree to measures', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords('2026-11-23')])
    await seedOutcomes(sql, server.store, '2026-11-23')
    return server
  }

  async function call(
    server: OpenHandler,
    [who, operation]: readonly [string, 'propose-measure' | 'agree-measure'],
    said: Readonly<Record<string, string | boolean | number>>,
  ): Promise<string> {
    const response = await (await server.as(who))(`/fhir/$${operation}`, {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter: parametersOf(said) },
    })
    const body = (await response.json()) as Measure | OperationOutcome
    if (body.resourceType === 'Measure') return `${body.status} ${body.version}`
    return `${response.status} ${body.issue[0]?.diagnostics ?? body.issue[0]?.details?.text}`
  }

  async function shown(server: OpenHandler) {
    const response = await (await server.as('ruth'))('/fhir/$outcomes')
    const { measures, proposed } = outcomesParameters.read((await response.json()) as Parameters)
    return {
      measures: measures.map(({ id, version }) => `${id} ${version}`),
      proposed: proposed.map(({ id, waitsFor }) => `${id}: ${waitsFor.map(({ name }) => name)}`),
      toDrop: measures.flatMap(({ id, toDrop }) => (toDrop ? [id] : [])),
    }
  }

  test('with the yes of the last one, on that day', async () => {
    const server = await started()
    expect(
      await call(server, ['owen', 'agree-measure'], { measure: 'contacted-48h', yes: true }),
    ).toBe('active 1')
    const { measures, proposed } = await shown(server)
    expect(measures.at(-1)).toBe('contacted-48h 1')
    expect(proposed).toEqual([])
    const [record] = (
      await server.sql.query<{ date: string }>(
        `select content ->> 'date' as date from resource where rt = 'Measure' and id = 'outcome-contacted-48h.1'`,
      )
    ).rows
    expect(record?.date).toBe('2026-11-23')
  })

  test('a no leaves the question open, with its reason', async () => {
    const server = await started()
    const no = { measure: 'contacted-48h', yes: false }
    expect(await call(server, ['owen', 'agree-measure'], no)).toContain('422 Say why not')
    expect(
      await call(server, ['owen', 'agree-measure'], { ...no, words: 'We do not see the calls' }),
    ).toBe('draft 1')
    expect((await shown(server)).proposed).toEqual(['contacted-48h: St Anne’s Hospital'])
  })

  test('nobody answers for another organisation, and who is no manager for none', async () => {
    const server = await started()
    const yes = { measure: 'contacted-48h', yes: true }
    for (const who of ['amina', 'admin', 'tom', 'grace', 'stranger'])
      expect(await call(server, [who, 'agree-measure'], yes)).toContain('403')
    // Brook said yes already: once more changes nothing for the hospital
    expect(await call(server, ['ruth', 'agree-measure'], yes)).toBe('draft 1')
  })

  test('another target is the next version, and the earlier one stays in use until all said yes', async () => {
    const server = await started()
    const asked = { measure: 'wellbeing', kind: 'add', target: 80, why: 'We are there' }
    expect(await call(server, ['ruth', 'propose-measure'], asked)).toBe('draft 2')
    expect((await shown(server)).measures[0]).toBe('wellbeing 1')
    expect(await call(server, ['helen', 'propose-measure'], asked)).toContain('being asked')
    expect(
      await call(server, ['helen', 'agree-measure'], { measure: 'wellbeing', yes: true }),
    ).toBe('draft 2')
    expect(await call(server, ['owen', 'agree-measure'], { measure: 'wellbeing', yes: true })).toBe(
      'active 2',
    )
    const { measures } = await shown(server)
    expect(measures.filter((each) => each.startsWith('wellbeing'))).toEqual(['wellbeing 2'])
    expect(measures[0]).toBe('wellbeing 2')
  })

  test('a measure is dropped only with every yes, and who asked can take it back', async () => {
    const server = await started()
    const asked = { measure: 'carer-strain', kind: 'drop', why: 'Too few answer' }
    expect(await call(server, ['helen', 'propose-measure'], { ...asked, why: ' ' })).toContain(
      '422 Say why',
    )
    expect(await call(server, ['helen', 'propose-measure'], asked)).toBe('active 1')
    expect((await shown(server)).toDrop).toEqual(['carer-strain'])
    const back = { measure: 'carer-strain', kind: 'take-back' }
    expect(await call(server, ['ruth', 'propose-measure'], back)).toContain('Only who asked')
    expect(await call(server, ['helen', 'propose-measure'], back)).toBe('active 1')
    await call(server, ['helen', 'propose-measure'], asked)
    await call(server, ['ruth', 'agree-measure'], { measure: 'carer-strain', yes: true })
    expect((await shown(server)).measures).toContain('carer-strain 1')
    expect(
      await call(server, ['owen', 'agree-measure'], { measure: 'carer-strain', yes: true }),
    ).toBe('retired 1')
    expect((await shown(server)).measures).not.toContain('carer-strain 1')
  })

  test('no more than ten at a time', async () => {
    const server = await started()
    const more = ['involved', 'plan-reviewed', 'bed-days', 'days-at-home']
    for (const measure of more)
      expect(
        await call(server, ['admin', 'propose-measure'], { measure, kind: 'add', why: 'x' }),
      ).toBe('draft 1')
    expect(
      await call(server, ['ruth', 'propose-measure'], {
        measure: 'emergency-admissions',
        kind: 'add',
        why: 'x',
      }),
    ).toContain('Ten measures')
  })

  test('and nobody writes them past this', async () => {
    const server = await started()
    const admin = await server.as('admin')
    const stands = (await (await admin('/fhir/Measure/outcome-wellbeing.1')).json()) as Measure
    const headers = { 'If-Match': `W/"${stands.meta?.versionId}"` }
    const changed = { ...stands, title: 'Another' }
    const put = await admin('/fhir/Measure/outcome-wellbeing.1', {
      method: 'PUT',
      json: changed,
      headers,
    })
    expect(put.status).toBe(403)
    const gone = await admin('/fhir/Measure/outcome-wellbeing.1', { method: 'DELETE', headers })
    expect(gone.status).toBe(403)
    const { id: _id, meta: _meta, ...copy } = stands
    expect((await admin('/fhir/Measure', { method: 'POST', json: copy })).status).toBe(403)
  })
})
