import type { Parameters, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { todayFromParameters } from '#domain/today/wire.ts'
import { openHandler } from '#testing/handler.ts'
import { eachStore } from '#testing/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const subject = { reference: 'Patient/p' }
type Kept = Resource & { id: string }

const patient: Kept = {
  ...{ resourceType: 'Patient', id: 'p', name: [{ family: 'Singh', given: ['Balbir'] }] },
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
}
const episode: Kept = {
  ...{ resourceType: 'EpisodeOfCare', id: 'e', status: 'active', patient: subject },
  careManager: { reference: 'Practitioner/amina-yusuf' },
  period: { start: '2025-10-20T10:00:00Z' },
}
type Status = 'planned' | 'arrived' | 'triaged' | 'in-progress' | 'onleave' | 'finished'
const encounter = (
  id: string,
  code: string,
  status: Status | 'cancelled' | 'entered-in-error',
  period: { start: string; end?: string },
): Kept => ({ resourceType: 'Encounter', id, status, class: { code }, subject, period })
const stay = encounter('s', 'IMP', 'finished', {
  ...{ start: '2026-02-20T10:00:00Z', end: '2026-02-28T10:00:00Z' },
})
const visit = (status: VisitStatus, start = '2026-03-01T10:00:00Z') =>
  encounter('v', 'AMB', status, { start })
type VisitStatus = Status | 'cancelled' | 'entered-in-error'
const message = (category: string, sender: string, more: object = {}): Kept => ({
  ...{ resourceType: 'Communication', id: 'n', status: 'completed', subject },
  ...{ sender: { reference: sender }, sent: '2026-03-01T10:00:00Z' },
  category: [{ coding: [{ system: 'https://gable.example/codes', code: category }] }],
  payload: [{ contentString: 'Tried, no answer' }],
  ...more,
})
const measured = (id: string, value: number, at: object, unit = '%', code = '59408-5'): Kept => ({
  ...{ resourceType: 'Observation', id, status: 'final', subject },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  performer: [subject],
  valueQuantity: { value, code: unit, unit },
  ...at,
})
const at = (effectiveDateTime: string) => ({ effectiveDateTime })
const plan: Kept = {
  ...{ resourceType: 'CarePlan', id: 'plan-e', status: 'active', intent: 'plan', subject },
  extension: [
    {
      url: 'https://gable.example/fhir/reading-limit',
      extension: [
        { url: 'code', valueCode: '59408-5' },
        { url: 'low', valueDecimal: 88 },
      ],
    },
  ],
}
const low = measured('a', 82, at('2026-02-28T07:00:00Z'))
const closed: Kept = {
  ...{ resourceType: 'Flag', id: 'alert-a', status: 'inactive', subject, code: { text: 'Rang' } },
}
const karen = 'Practitioner/karen-lee'
const ownWeight = measured('w', 80, at('2026-03-01T07:00:00Z'), 'kg', '29463-7')
const recent = message('comment', 'Patient/p')

const cases: [string, readonly Kept[], readonly string[]][] = [
  ['someone home is to be rung', [stay], ['home', 'silent']],
  ['their own weight is not a call', [stay, ownWeight], ['home']],
  ['a note between staff is not a call', [stay, message('note', karen)], ['home', 'silent']],
  ['what they write is not a call', [stay, message('comment', 'Patient/p')], ['home']],
  [
    'a call not done is not one',
    [stay, message('contact', karen, { status: 'not-done' })],
    ['home', 'silent'],
  ],
  ['a contact they claim is not one', [stay, message('contact', 'Patient/p')], ['home']],
  ['a cancelled visit is not one', [stay, visit('cancelled')], ['home', 'silent']],
  ['a planned visit is not one yet', [stay, visit('planned')], ['home', 'silent']],
  ['a visit after it ends the wait', [stay, visit('finished')], []],
  ['a call by staff after it ends the wait', [stay, message('contact', karen)], []],
  [
    'a call an hour before it, in another time zone, does not',
    [stay, message('contact', karen, { sent: '2026-02-28T10:30:00+01:30' })],
    ['home'],
  ],
  ['a cancelled visit breaks no silence', [visit('cancelled')], ['silent']],
  ['a visit entered in error breaks no silence', [visit('entered-in-error')], ['silent']],
  ['a visit does', [visit('finished')], []],
  ['an impossible date closes the page for nobody', [visit('finished', '2026-02-31')], ['silent']],
  ['a low reading is told', [plan, low], ['reading']],
  [
    'a normal reading takes it back for nobody',
    [plan, low, measured('b', 89, at('2026-03-01T07:00:00Z'))],
    ['reading'],
  ],
  [
    'a low reading of January that nobody dealt with is told',
    [plan, recent, measured('a', 82, at('2026-01-05T07:00:00Z'))],
    ['reading'],
  ],
  ['one that was dealt with is not', [plan, low, closed], []],
  [
    'one written as an instant is told',
    [plan, measured('a', 82, { effectiveInstant: '2026-03-01T07:00:00Z' })],
    ['reading'],
  ],
  [
    'one written as a period is told',
    [plan, recent, measured('a', 82, { effectivePeriod: { start: '2026-03-01' } })],
    ['reading'],
  ],
  [
    'one in a unit we cannot compare is told',
    [plan, measured('a', 82, at('2026-03-01T07:00:00Z'), '%O2')],
    ['reading:unit'],
  ],
  ...(['arrived', 'triaged', 'onleave', 'in-progress'] as const).map(
    (status): [string, readonly Kept[], readonly string[]] => [
      `an emergency stay that is ${status} is told`,
      [encounter('s', 'EMER', status, { start: '2026-03-01T22:00:00Z' })],
      ['admitted'],
    ],
  ),
]

eachStore('$today drops nobody', (open) => {
  test.each(cases)('%s', async (_title, records, kinds) => {
    const { sql } = await open()
    const door = await openHandler({ sql, now })
    await door.seed([patient, episode, ...records])
    const answer = await (await door.as('amina'))('/fhir/$today')
    const { items } = todayFromParameters((await answer.json()) as Parameters)
    const told = items.map((item) => item.kind + (item.detail === 'unit' ? ':unit' : ''))
    expect(told).toEqual(kinds)
  })
})
