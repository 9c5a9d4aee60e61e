import { expect, test } from 'vitest'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  balbirSince,
  type Kept,
  measured as measuredOf,
  openBalbir,
  planWith,
  subject,
  todayBy,
} from '#test-support/worlds/balbir.ts'
import { bringIn, countsOf } from '#test-support/worlds/import-answer.ts'

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
const longAgo = encounter('s', 'IMP', 'finished', {
  ...{ start: '2025-12-01T10:00:00Z', end: '2025-12-02T10:00:00Z' },
})
const context = (status: VisitStatus, start = '2026-03-01T10:00:00Z') =>
  encounter('v', 'AMB', status, { start })
type VisitStatus = Status | 'cancelled' | 'entered-in-error'
const message = (category: string, sender: string, more: object = {}): Kept => ({
  ...{ resourceType: 'Communication', id: 'n', status: 'completed', subject },
  ...{ sender: { reference: sender }, sent: '2026-03-01T10:00:00Z' },
  category: [{ coding: [{ system: 'https://gable.example/codes', code: category }] }],
  payload: [{ contentString: 'Tried, no answer' }],
  ...more,
})
const measured = (id: string, value: number, at: object, unit = '%', code = '59408-5') =>
  measuredOf({ id, code, value, unit, at })
const at = (effectiveDateTime: string) => ({ effectiveDateTime })
const plan = planWith('59408-5', [{ url: 'low', valueDecimal: 88 }])
const low = measured('a', 82, at('2026-02-28T07:00:00Z'))
const closed = (id: string): Kept => ({
  ...{ resourceType: 'Flag', id: `alert-${id}`, status: 'inactive', subject },
  code: { text: 'Rang' },
})
const safety = (status: 'active' | 'inactive'): Kept => ({
  ...{ resourceType: 'Flag', id: 'safety-q', status, subject, code: { text: 'PHQ-9 item 9' } },
  category: [{ coding: [{ code: 'safety' }] }],
  period: { start: '2025-11-01T10:00:00Z' },
})
const [living] = balbirSince('2025-10-20T10:00:00Z')
const dead = { ...living, deceasedDateTime: '2026-02-27' } as Kept
const daughter: Kept = {
  ...{ resourceType: 'RelatedPerson', id: 'r', active: true, patient: subject },
  name: [{ given: ['Asha'], family: 'Singh' }],
}
const karen = 'Practitioner/karen-lee'
const ownWeight = measured('w', 80, at('2026-03-01T07:00:00Z'), 'kg', '29463-7')
const recent = message('comment', 'Patient/p')

const cases: [string, readonly Kept[], readonly string[]][] = [
  ['a person home from hospital is to be called', [stay], ['home', 'silent']],
  ['the person’s own reading is not a call', [stay, ownWeight], ['home']],
  ['a note between staff is not a call', [stay, message('note', karen)], ['home', 'silent']],
  ['the person’s own comment is not a call', [stay, message('comment', 'Patient/p')], ['home']],
  [
    'a call not done is not a contact',
    [stay, message('contact', karen, { status: 'not-done' })],
    ['home', 'silent'],
  ],
  [
    'a contact recorded by the person is not a call',
    [stay, message('contact', 'Patient/p')],
    ['home'],
  ],
  ['a cancelled visit is not a contact', [stay, context('cancelled')], ['home', 'silent']],
  ['a planned visit is not a contact yet', [stay, context('planned')], ['home', 'silent']],
  ['a visit after the discharge clears the item', [stay, context('finished')], []],
  ['a call by staff after the discharge clears the item', [stay, message('contact', karen)], []],
  [
    'a call an hour before the discharge, in another time zone, does not clear the item',
    [stay, message('contact', karen, { sent: '2026-02-28T10:30:00+01:30' })],
    ['home'],
  ],
  ['a cancelled visit does not count as contact', [context('cancelled')], ['silent']],
  ['a visit entered in error does not count as contact', [context('entered-in-error')], ['silent']],
  ['a visit counts as contact', [context('finished')], []],
  ['an impossible date does not break the page', [context('finished', '2026-02-31')], ['silent']],
  ['a low reading is an item', [plan, low], ['reading']],
  [
    'a low reading under the code of the vital-signs profile is an item',
    [plan, measured('a', 82, at('2026-02-28T07:00:00Z'), '%', '2708-6')],
    ['reading'],
  ],
  [
    'a vital sign under an unknown code is an item',
    [
      plan,
      {
        ...measured('a', 82, at('2026-02-28T07:00:00Z'), '%', 'sat-1'),
        category: [{ coding: [{ code: 'vital-signs' }] }],
      } as Kept,
    ],
    ['reading:unit'],
  ],
  [
    'a normal reading after it does not clear the item',
    [plan, low, measured('b', 89, at('2026-03-01T07:00:00Z'))],
    ['reading'],
  ],
  [
    'a low reading from January that is not closed is an item',
    [plan, recent, measured('a', 82, at('2026-01-05T07:00:00Z'))],
    ['reading'],
  ],
  ['a closed low reading is no item', [plan, low, closed('a')], []],
  [
    'a low reading from the first day of the case is an item 133 days later',
    [plan, recent, measured('a', 82, at('2025-10-20T12:00:00Z'))],
    ['reading'],
  ],
  [
    'a low reading from before the case is no item',
    [plan, recent, measured('a', 82, at('2025-10-19T12:00:00Z'))],
    [],
  ],
  [
    'a person home three months ago and never reached is still to be called',
    [longAgo, recent],
    ['home'],
  ],
  [
    'a discharge three months ago closed with a reason is no item',
    [longAgo, recent, closed('s')],
    [],
  ],
  [
    'a discharge long before the case began is no item',
    [
      encounter('s', 'IMP', 'finished', { start: '2025-09-01', end: '2025-09-09T10:00:00Z' }),
      recent,
    ],
    [],
  ],
  ['a safety concern from four months ago is an item', [safety('active'), recent], ['safety']],
  ['a closed safety concern is no item', [safety('inactive'), recent], []],
  [
    'the only item for a person who has died is to close the case',
    [dead, daughter, stay, plan, low, safety('active')],
    ['died'],
  ],
  ['a death without a date counts', [{ ...living, deceasedBoolean: true } as Kept, stay], ['died']],
  [
    'deceasedBoolean false is not a death',
    [{ ...living, deceasedBoolean: false } as Kept],
    ['silent'],
  ],
  ['a death that was removed does not count', [dead, living as Kept, stay], ['home', 'silent']],
  [
    'a low reading dated as an instant is an item',
    [plan, measured('a', 82, { effectiveInstant: '2026-03-01T07:00:00Z' })],
    ['reading'],
  ],
  [
    'a low reading dated as a period is an item',
    [plan, recent, measured('a', 82, { effectivePeriod: { start: '2026-03-01' } })],
    ['reading'],
  ],
  [
    'a reading in an unknown unit is an item',
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

eachStore('$today leaves nobody out', (open) => {
  test.each(cases)('%s', async (_title, records, kinds) => {
    const { sql } = await open()
    const server = await openBalbir(sql, [...balbirSince('2025-10-20T10:00:00Z'), ...records])
    const { items } = await todayBy(await server.as('amina'))
    const shown = items.map((item) => item.kind + (item.detail === 'unit' ? ':unit' : ''))
    expect(shown).toEqual(kinds)
  })
})

eachStore('$today for a person who has died', (open) => {
  test('shows when the person died and who cared', async () => {
    const { sql } = await open()
    const server = await openBalbir(sql, [...balbirSince('2025-10-20T10:00:00Z'), dead, daughter])
    const { items, people } = await todayBy(await server.as('amina'))
    expect(items).toMatchObject([
      { kind: 'died', reference: 'EpisodeOfCare/e', due: '2026-02-27', text: 'Asha Singh' },
    ])
    expect(people).toMatchObject([{ band: 'today' }])
  })

  const ours = (code: string) => ({ coding: [{ system: 'https://gable.example/codes', code }] })
  const put = (resource: { resourceType: string; id: string }) => ({
    ...{ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } },
  })
  const bundle = (type: string, ...entry: readonly object[]) => ({
    ...{ resourceType: 'Bundle', type, entry },
  })
  const nurse = 'Practitioner/amina-yusuf'
  const call = message('contact', nurse, { sent: '2026-03-02T08:00:00Z' })
  const asked: readonly Kept[] = [
    call,
    { ...{ resourceType: 'EpisodeOfCare', id: 'again', status: 'active', patient: subject } },
    {
      ...{ resourceType: 'Task', id: 'step', status: 'requested', intent: 'order', for: subject },
      ...{ description: 'Ring on Friday', authoredOn: '2026-03-02T08:00:00Z' },
    },
    {
      ...{ resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', subject },
      authored: '2026-03-02T08:00:00Z',
    },
    {
      ...{ resourceType: 'Provenance', id: 'yes', activity: ours('disagree') },
      target: [{ reference: 'CarePlan/plan-e/_history/1' }, subject],
      ...{ recorded: '2026-03-02T08:00:00Z', agent: [{ who: { reference: nurse } }] },
    } as Kept,
  ]

  test('refuses new work in every kind of request, until the death is removed', async () => {
    const { sql } = await open()
    const server = await openBalbir(sql, [...balbirSince('2025-10-20T10:00:00Z'), plan, dead])
    const amina = await server.as('amina')
    const send = (method: string, path: string, json: object) =>
      amina(`/fhir${path}`, { method, json })
    const alone = async (each: Kept) => await send('PUT', `/${each.resourceType}/${each.id}`, each)
    for (const each of asked) {
      const created = await send('POST', `/${each.resourceType}`, { ...each, id: undefined })
      const whole = await send('POST', '', bundle('transaction', put(each)))
      const batch = await (await send('POST', '', bundle('batch', put(each)))).json()
      const statuses = [(await alone(each)).status, created.status, whole.status]
      expect([each.id, ...statuses, batch.entry[0].response.status]).toEqual([
        ...[each.id, 422, 422, 422],
        expect.stringContaining('422'),
      ])
    }
    const refused = JSON.stringify(await (await alone(call)).json())
    expect(refused).toContain('The person has died (2026-02-27)')
    const note = message('note', nurse, { id: 'b', meta: { security: [professionalOnly] } })
    expect((await alone(note)).status).toBe(201)
    const ended = { ...balbirSince('2025-10-20T10:00:00Z')[1], status: 'finished' } as Kept
    const headers = { 'If-Match': 'W/"1"' }
    const closing = { method: 'PUT', json: ended, headers }
    expect((await amina('/fhir/EpisodeOfCare/e', closing)).status).toBe(200)
    await server.seed([living as Kept])
    expect((await alone(call)).status).toBe(201)
  })

  test('keeps what an import brings, and shows no other items', async () => {
    const { sql } = await open()
    const server = await openBalbir(sql, [...balbirSince('2025-10-20T10:00:00Z'), plan, dead])
    const amina = await server.as('amina')
    const lines = asked.slice(0, 4).map((each) => JSON.stringify(each))
    const { answer } = await bringIn(amina, lines.join('\n'), 'application/fhir+ndjson')
    expect(countsOf(answer)).toMatchObject({ created: 4, refused: 0 })
    const { items } = await todayBy(amina)
    expect([...new Set(items.map(({ kind }) => kind))]).toEqual(['died'])
  })
})
