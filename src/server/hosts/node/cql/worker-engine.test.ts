import { expect, test } from 'vitest'
import { testNow as now } from '#test-support/clock.ts'
import { workerEngine } from './worker-engine.ts'

test('what never ends is stopped, in words, and the next measure is worked out', async () => {
  const impatient = workerEngine({ milliseconds: 1_500 })
  const elm = {
    identifier: { id: 'Endless', version: '1' },
    schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
    usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
    parameters: { def: [{ name: 'Measurement Period' }] },
    statements: {
      def: [
        {
          name: 'A',
          context: 'Unfiltered',
          expression: {
            type: 'Exists',
            operand: {
              type: 'Expand',
              operand: [
                {
                  type: 'List',
                  element: [
                    {
                      type: 'Interval',
                      lowClosed: true,
                      highClosed: true,
                      low: number(1),
                      high: number(2_000_000_000),
                    },
                  ],
                },
                { type: 'Quantity', value: 1, unit: '1' },
              ],
            },
          },
        },
      ],
    },
  }
  const program = {
    ...{ key: 'endless', main: 'Endless', libraries: [elm], codeLists: [] },
    populations: { 'initial-population': 'A', denominator: 'A', numerator: 'A' },
  }
  const period = { start: now, end: now, now }
  const asked = [{ person: 'x', records: [{ resourceType: 'Patient' as const, id: 'x' }] }]
  await expect(impatient.evaluate(program, asked, period)).rejects.toThrow(/stopped/)
  await impatient.close()
})

const number = (value: number) => ({
  ...{ type: 'Literal', value: String(value) },
  valueType: '{urn:hl7-org:elm-types:r1}Integer',
})
