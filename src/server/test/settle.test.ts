import type { OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { msspPreset } from '#domain/contract/presets/mssp-preset.ts'
import {
  settlementParameters,
  settleYearRequest,
  type YearFigures,
} from '#domain/contract/settle-parameters.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const figures: YearFigures = {
  ...{ on: '2026-06-30', people: 10_000, budget: 10_000_000_000, spent: 9_500_000_000 },
  ...{ quality: 800_000, standard: 'met', lowRevenue: false, verdicts: [] },
}
const terms = msspPreset('C')

eachStore('$settle', (open) => {
  let server: Promise<OpenHandler> | undefined
  const started = async () => {
    server ??= open().then(async ({ sql }) => await openHandler({ sql }))
    return await server
  }
  const ask = async (who: string, asked: Parameters) =>
    await (await (await started()).as(who))('/fhir/$settle', { method: 'POST', json: asked })
  const send = (change: object = {}, more: Partial<YearFigures> = {}) =>
    settleYearRequest.write({ terms: { ...terms, ...change }, figures: { ...figures, ...more } })

  test('a manager gets every line with its source, and what each party gets', async () => {
    const answer = await ask('ruth', send())
    expect(answer.status).toBe(200)
    const settlement = settlementParameters.read((await answer.json()) as Parameters)
    // 5 million saved, half of it
    expect(settlement.gets).toBe(250_000_000)
    expect(settlement.parties.map(({ gets }) => gets)).toEqual([125_000_000, 125_000_000])
    expect(settlement.lines.every(({ source }) => source !== '')).toBe(true)
  })

  test('it stores nothing', async () => {
    const count = async () =>
      (
        await (
          await started()
        ).sql.query<{ many: number }>('select count(*)::int as many from resource')
      ).rows[0]?.many
    const before = await count()
    await ask('admin', send())
    expect(await count()).toBe(before)
  })

  test.each(['amina', 'grace', 'chidi', 'stranger'])('it is not for %s', async (who) =>
    expect((await ask(who, send())).status).toBe(403),
  )

  test.each([
    ['negative people', {}, { people: -1 }, 'The number of people is negative'],
    ['quality over 1', {}, { quality: 1_500_000 }, 'Quality is between 0 and 100'],
    ['dates out of order', { endsOn: '2025-01-01' }, {}, 'The agreement ends before it starts'],
    ['one party', { parties: terms.parties.slice(1) }, {}, 'An agreement has at least two parties'],
    [
      'shares that do not add up',
      { parties: terms.parties.map((each) => ({ ...each, share: 400_000 })) },
      {},
      'The shares must add up to 100%. They add up to 80%',
    ],
    ['no benchmark', {}, { budget: 0 }, 'The benchmark is missing'],
  ] as const)('%s is refused in words', async (_, change, more, words) => {
    const answer = await ask('ruth', send(change, more))
    expect(answer.status).toBe(422)
    const { issue } = (await answer.json()) as OperationOutcome
    expect(JSON.stringify(issue)).toContain(words)
  })
})
