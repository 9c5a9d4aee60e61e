import type { OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { xmrRequest, xmrResult } from '#domain/xmr/xmr-result.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const calm = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 9 : 11))
type Sent = NonNullable<Parameters['parameter']>

eachStore('Charts of sent numbers', (open) => {
  async function started() {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    const post = async (json: object, who = 'amina') =>
      await (await server.as(who))('/fhir/$xmr', { method: 'POST', json })
    const send = async (parameter: Sent, who?: string) =>
      await post({ resourceType: 'Parameters', parameter }, who)
    const refused = async (parameter: Sent) => {
      const answer = await send(parameter)
      const { issue } = (await answer.json()) as OperationOutcome
      return `${answer.status} ${issue?.[0]?.diagnostics ?? issue?.[0]?.details?.text}`
    }
    return { server, post, send, refused }
  }

  test('get limits, a rule for each point, variation and assurance, for anybody who is signed in', async () => {
    const { post, server } = await started()
    const json = xmrRequest.write({
      values: [...calm, null, 20],
      ...{ direction: 'increase', target: 18, fixAfter: 12, rebases: [] },
    })
    for (const who of ['amina', 'ruth', 'grace', 'chidi']) {
      const answer = await post(json, who)
      expect(answer.status, who).toBe(200)
      const said = xmrResult.read((await answer.json()) as Parameters)
      expect(said).toMatchObject({ variation: 'improvement', assurance: 'fail' })
      expect(said.groups).toEqual([
        {
          ...{ at: 1, count: 14 },
          limits: {
            ...{ mean: 10, movingRange: 2, screenedOut: 0, isTrial: false },
            ...{ upper: 10 + 2.66 * 2, lower: 10 - 2.66 * 2 },
            ...{ nearUpper: 10 + 1.7733 * 2, nearLower: 10 - 1.7733 * 2 },
          },
        },
      ])
      expect(said.points.at(-1)).toEqual({
        ...{ value: 20, group: 0, kind: 'improvement' },
        signal: { rule: 'outside', side: 'high' },
      })
      expect(said.points.at(-2), 'not shown').toMatchObject({ value: null, kind: 'common' })
    }
    expect((await server.anyone('/fhir/$xmr', { method: 'POST', json })).status).toBe(401)
  })

  test('take whole numbers, and new groups with a reason', async () => {
    const { send } = await started()
    const answer = await send([
      ...calm.map((valueInteger) => ({ name: 'value', valueInteger })),
      ...[50, 52, 50].map((valueInteger) => ({ name: 'value', valueInteger })),
      { name: 'screening', valueBoolean: false },
      {
        name: 'rebase',
        part: [
          { name: 'at', valueInteger: 13 },
          { name: 'reason', valueString: 'A second nurse' },
        ],
      },
    ])
    const { groups, variation, assurance } = xmrResult.read((await answer.json()) as Parameters)
    expect(groups).toMatchObject([
      { at: 1, count: 12, limits: { isTrial: true } },
      { at: 13, count: 3, reason: 'A second nurse', limits: { isTrial: true } },
    ])
    expect({ variation, assurance }).toEqual({ variation: 'common', assurance: 'none' })
  })

  test.each<[string, Sent]>([
    ['422 A chart needs at least 2 values', []],
    ['422 A chart needs at least 2 values', [{ name: 'value', valueDecimal: 1 }]],
    ['400 value must be a number', [{ name: 'value', valueString: 'many' }]],
    ['400 value must be a number', [{ name: 'value', valueString: 'NaN' }]],
    ['400 value must be a number', [{ name: 'value', valueDecimal: '7' as never }]],
    ['400 value must be a number', [{ name: 'value' }]],
    ['400 target must be a number', [{ name: 'target', valueString: 'high' }]],
    ['400 fixAfter must be a whole number', [{ name: 'fixAfter', valueDecimal: 12.5 }]],
    [
      '422 fixAfter must be a whole number of 12 or more',
      [...numbers(20), { name: 'fixAfter', valueInteger: 11 }],
    ],
    [
      '400 direction must be one of increase, decrease, neutral',
      [{ name: 'direction', valueCode: 'up' }],
    ],
    ['422 A new group begins at a value from 2 to 20', [...numbers(20), rebase(21)]],
    ['422 A chart takes at most 1000 values', numbers(1001)],
  ])('are refused in words: %s', async (words, parameter) => {
    const { refused } = await started()
    expect(await refused(parameter)).toBe(words)
  })
})

function numbers(count: number): Sent {
  return Array.from({ length: count }, (_, at) => ({ name: 'value', valueDecimal: at % 5 }))
}

function rebase(at: number): Sent[number] {
  return {
    name: 'rebase',
    part: [
      { name: 'at', valueInteger: at },
      { name: 'reason', valueString: 'x' },
    ],
  }
}
