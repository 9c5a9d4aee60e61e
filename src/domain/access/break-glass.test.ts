import type { Flag, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import {
  type BreakGlassGrant,
  breakGlassFromFhir,
  breakGlassToFhir,
  endedBreakGlass,
  isBreakGlass,
  spokenMinutes,
} from './break-glass.ts'
import { roleOfCode } from './role-code.ts'

/** A record with only the fields that the rule uses. */
const a = (resourceType: string, fields: object = {}) =>
  ({ resourceType, id: 'x', ...fields }) as unknown as Resource
const coded = (code: string) => ({ coding: [{ code }] })
const gable = 'https://gable.example/codes'
const opening: BreakGlassGrant = {
  ...{ id: 'g', person: 'p', practitioner: 'tom', name: 'Tom', organisation: 'brook' },
  ...{ reason: 'safeguarding', words: 'Found at the bus stop', from: '2026-03-02T09:00:00Z' },
  ...{ until: '2026-03-02T10:00:00Z', alert: true },
}

describe('a break-glass grant', () => {
  test('reads the same from FHIR as it was written', () => {
    expect(breakGlassFromFhir(breakGlassToFhir(opening))).toEqual(opening)
    const { organisation: _none, ...alone } = { ...opening, alert: false, reason: 'other' as const }
    expect(breakGlassFromFhir(breakGlassToFhir(alone))).toEqual(alone)
  })

  test('is a Flag that other systems can read', () => {
    const { organisation: _none, ...alone } = opening
    const tom = { reference: 'Practitioner/tom', display: 'Tom' }
    const own = (name: string) => `https://gable.example/fhir/${name}`
    expect(breakGlassToFhir({ ...alone, alert: false })).toEqual({
      ...{ resourceType: 'Flag', id: 'g', status: 'inactive' },
      category: [{ coding: [{ system: gable, code: 'emergency-access' }] }],
      code: { coding: [{ system: gable, code: 'break-glass' }] },
      ...{ subject: { reference: 'Patient/p' }, author: tom, period: { start: opening.from } },
      extension: [
        { url: own('opened-by'), valueReference: tom },
        { url: own('open-until'), valueInstant: opening.until },
        { url: own('reason'), valueCode: 'safeguarding' },
        { url: own('words'), valueString: 'Found at the bus stop' },
      ],
    })
  })

  test('is read when most of its fields are missing', () => {
    const { extension = [], code, resourceType, status } = breakGlassToFhir(opening)
    const least = extension.slice(0, 2).map(({ valueReference, ...each }) => ({
      ...each,
      ...(valueReference?.reference
        ? { valueReference: { reference: valueReference.reference } }
        : {}),
    }))
    expect(breakGlassFromFhir({ resourceType, status, code, extension: least } as Flag)).toEqual({
      ...{
        id: '',
        person: '',
        practitioner: 'tom',
        name: '',
        reason: 'other',
        words: '',
        from: '',
      },
      ...{ until: opening.until, alert: true },
    })
    expect(breakGlassFromFhir({ resourceType, status, code } as Flag)).toBeUndefined()
  })

  test('is recognised when its Flag has codes of other systems too', () => {
    const coding = [{ system: 'x', code: 'y' }, ...(breakGlassToFhir(opening).code.coding ?? [])]
    expect(isBreakGlass({ ...breakGlassToFhir(opening), code: { coding } })).toBe(true)
    expect(isBreakGlass(a('Flag', { code: {} }))).toBe(false)
  })

  test('ends at the given time and keeps its alert', () => {
    const ended = endedBreakGlass(breakGlassToFhir(opening), '2026-03-02T09:20:00Z')
    expect(breakGlassFromFhir(ended)).toEqual({ ...opening, until: '2026-03-02T09:20:00Z' })
    expect(ended.extension).toHaveLength(5)
    expect(ended.extension?.filter((each) => each.valueInstant)).toHaveLength(1)
    const { extension: _none, id: _id, ...bare } = breakGlassToFhir(opening)
    expect(endedBreakGlass(bare as Flag, 'x')).toEqual({ ...bare, id: '', extension: [] })
  })

  test.each<[string, object]>([
    [
      'without the practitioner who opened the record',
      { extension: [{ url: 'https://gable.example/fhir/open-until', valueInstant: 'x' }] },
    ],
    [
      'without an end time',
      {
        extension: breakGlassToFhir(opening).extension?.filter(
          ({ url }) => !url.endsWith('open-until'),
        ),
      },
    ],
    ['with another code', { code: coded('break-glass') }],
    ['without a code', { code: undefined }],
  ])('cannot be read from a Flag %s', (_title, fields) => {
    expect(breakGlassFromFhir({ ...breakGlassToFhir(opening), ...fields } as never)).toBeUndefined()
  })

  test('is recognised by its resource type and code', () => {
    expect(
      isBreakGlass(a('Goal', { code: { coding: [{ system: gable, code: 'break-glass' }] } })),
    ).toBe(false)
    expect(isBreakGlass(a('Flag', { code: { coding: [{ system: gable, code: 'other' }] } }))).toBe(
      false,
    )
    expect(isBreakGlass(a('Flag'))).toBe(false)
  })
})

test.each<[string, readonly object[] | undefined, string | undefined]>([
  [
    'the first known one of several',
    [{ coding: [{ system: gable, code: 'admin' }] }, { coding: [{ system: gable, code: 'gp' }] }],
    'gp',
  ],
  ['none from another code system', [{ coding: [{ system: 'x', code: 'admin' }] }], undefined],
  ['none from an unknown code', [{ coding: [{ system: gable, code: 'king' }] }, {}], undefined],
  ['none without codes', undefined, undefined],
])('a member of staff gets the role that the codes give: %s', (_title, concepts, role) => {
  expect(roleOfCode(concepts as never)).toBe(role)
})

test.each([
  [60, undefined],
  [11, undefined],
  [10, 10],
  [6, 10],
  [5, 5],
  [2, 5],
  [1, 1],
  [0, 1],
])('with %i minutes left the countdown announces %s', (left, spoken) => {
  expect(spokenMinutes(left)).toBe(spoken)
})
