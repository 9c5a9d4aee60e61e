import type { CarePlan, Extension } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { isServiceOpen, type ServiceHours } from '#domain/contact/service-hours.ts'
import type { WhatIf, Who } from '#domain/plan/plan.ts'
import { colourNow, type DayColour } from './day-colour.ts'
import { numbersNow } from './numbers-now.ts'
import { withOwnLines } from './own-lines.ts'
import { whatIfFromFhir, whatIfToFhir } from './what-if-fhir.ts'
import { whatIfTexts } from './what-if-text.ts'
import { withLinesAttributed } from './with-lines-attributed.ts'
import { withinBytes } from './within-bytes.ts'

const grace: Who = { reference: 'Patient/p', name: 'Grace', voice: 'person' }
const amina: Who = { reference: 'Practitioner/amina', name: 'Amina', voice: 'professional' }
const tom: Who = { reference: 'Practitioner/tom', name: 'Tom', voice: 'professional' }
const at = '2026-03-02T09:00:00.000Z'
const before = '2026-03-01T09:00:00.000Z'

const whatIf: WhatIf = {
  ...{ id: 'whatif-c', person: 'p', caseId: 'c' },
  green: {
    sign: 'A usual day',
    doWhat: '',
    ring: '',
    said: { by: grace, helper: amina, at: before },
  },
  amber: { sign: '2 kg up', doWhat: 'Ring', ring: '01632 960100', ringAtNight: '111' },
  red: { sign: '', doWhat: '', ring: '' },
  situations: [{ id: 's1', level: 'red', words: 'If I fall: press the alarm' }],
  justInCase: [
    {
      ...{ id: 'j1', sort: 'medicine', what: 'Water tablet', where: 'Drawer', whoMay: 'Grace' },
      ...{ until: '2026-04-01', said: { by: amina, at: before } },
    },
  ],
  carerIll: [{ id: 'i1', task: 'night', what: 'Someone sleeps here', phone: '' }],
}

test('a plan with numbers for the night, medicines kept ready and steps for an ill carer keeps each line', () => {
  expect(whatIfFromFhir(whatIfToFhir(whatIf))).toEqual(whatIf)
  expect(whatIfTexts(whatIf, (day) => `the ${day}`)).toEqual([
    'A usual day',
    '2 kg up, Ring, 01632 960100, 111',
    'If I fall: press the alarm',
    'Water tablet, Drawer, Grace, the 2026-04-01',
    'Someone sleeps here',
  ])
})

const saidOf = (plan: CarePlan) => {
  const { green, amber, red, justInCase = [] } = whatIfFromFhir(plan)
  return [green, amber, red, ...justInCase].map(({ said }) => said?.by.name)
}
const writer = { names: [tom.reference], who: tom, at }
const change = (change: Partial<WhatIf>) => whatIfToFhir({ ...whatIf, ...change })

test.each<[string, Partial<WhatIf>, (string | undefined)[]]>([
  ['nothing changed keeps its names', {}, ['Grace', undefined, undefined, 'Amina']],
  [
    'a changed line is the writer’s own, whatever name was sent',
    { amber: { ...whatIf.amber, sign: '3 kg up', said: { by: amina, at: before } } },
    ['Grace', 'Tom', undefined, 'Amina'],
  ],
  [
    'a line that did not change cannot be given to somebody else',
    { green: { ...whatIf.green, said: { by: tom, at } } },
    ['Grace', undefined, undefined, 'Amina'],
  ],
  [
    'the person’s words may be written down by the writer only',
    { amber: { ...whatIf.amber, sign: 'Puffy', said: { by: grace, helper: amina, at } } },
    ['Grace', 'Tom', undefined, 'Amina'],
  ],
  [
    'the person’s words written down by the writer are the person’s',
    { amber: { ...whatIf.amber, sign: 'Puffy', said: { by: grace, helper: tom, at } } },
    ['Grace', 'Grace', undefined, 'Amina'],
  ],
])('%s', (_title, changed, names) => {
  const standing = whatIfToFhir(whatIf)
  expect(saidOf(withLinesAttributed(change(changed), standing, writer))).toEqual(names)
})

test('a line is never said in time to come', () => {
  const sent = change({
    amber: { ...whatIf.amber, sign: 'New', said: { by: tom, at: '2036-01-01T00:00:00Z' } },
  })
  const kept = withLinesAttributed(sent, whatIfToFhir(whatIf), writer)
  expect(whatIfFromFhir(kept).amber.said?.at).toBe(at)
})

test('what the client sends as its own lines is what the server keeps', () => {
  const mine = { ...whatIf, red: { sign: 'No breath', doWhat: 'Ring 999', ring: '999' } }
  const sent = whatIfToFhir(withOwnLines(mine, whatIf, { by: tom, at }))
  expect(withLinesAttributed(sent, whatIfToFhir(whatIf), writer)).toEqual(sent)
  expect(saidOf(sent)).toEqual(['Grace', undefined, 'Tom', 'Amina'])
})

test('parts of a line in another order are the same line', () => {
  const sent = change({})
  const turned = (line: Extension): Extension =>
    line.extension ? { ...line, extension: line.extension.toReversed() } : line
  const shuffled = { ...sent, extension: (sent.extension ?? []).map(turned) }
  expect(saidOf(withLinesAttributed(shuffled, sent, writer))).toEqual(saidOf(sent))
})

const core: ServiceHours = {
  times: [
    {
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      from: '08:00',
      until: '18:30',
      allDay: false,
      onHolidays: false,
      closed: [],
    },
  ],
}

test.each([
  ['a Monday morning', '2026-03-02T08:00:00Z', true, ['01632 960100']],
  ['a Monday before eight', '2026-03-02T07:59:00Z', false, ['111']],
  ['a Monday at half past six', '2026-03-02T18:30:00Z', false, ['111']],
  ['a summer Monday before eight by the zone', '2026-07-06T07:30:00Z', true, ['01632 960100']],
  [
    'the Monday after the clocks went back, at eight',
    '2026-10-26T08:00:00Z',
    true,
    ['01632 960100'],
  ],
  ['the Monday after the clocks went back, before eight', '2026-10-26T07:30:00Z', false, ['111']],
  ['a Saturday', '2026-03-07T11:00:00Z', false, ['111']],
  ['Easter Monday', '2026-04-06T10:00:00Z', false, ['111']],
  ['Boxing Day, kept on the Monday', '2026-12-28T11:00:00Z', false, ['111']],
])('%s has the number of its hour', (_title, now, isDay, wanted) => {
  const open = isServiceOpen(core, { now: new Date(now), zone: 'Europe/London' })
  expect(open).toBe(isDay)
  expect(numbersNow(whatIf.amber, open)).toEqual(wanted)
})

test('hours that are not recorded give both numbers, that of the day first', () => {
  const open = isServiceOpen(undefined, { now: new Date(at), zone: 'Europe/London' })
  expect(open).toBeUndefined()
  expect(numbersNow(whatIf.amber, open)).toEqual(['01632 960100', '111'])
})

const colour = (by: Who, level: DayColour['colour'], on: string): DayColour => ({
  ...{ id: by.name, person: 'p', colour: level, words: '', by, at: on },
})

test('the latest word counts, for a day, and then the colour is not said', () => {
  const said = [colour(grace, 'green', before), colour(amina, 'amber', at)]
  expect(colourNow([], new Date(at))).toBeUndefined()
  expect(colourNow(said, new Date('2026-03-03T08:59:00Z'))).toMatchObject({
    said: { colour: 'amber' },
    isCurrent: true,
    until: '2026-03-03T09:00:00.000Z',
  })
  expect(colourNow(said, new Date('2026-03-03T09:00:00Z'))?.isCurrent).toBe(false)
})

test('a text that has to fit leaves out whole lines, says so, and cuts none', () => {
  expect(withinBytes(['Grace', 'Penicillin'], 16, 'More')).toBe('Grace\nPenicillin')
  expect(withinBytes(['Grace', 'Penicillin', 'Ápixaban'], 21, 'More')).toBe(
    'Grace\nPenicillin\nMore',
  )
  expect(withinBytes(['Grace', 'Penicillin'], 10, 'More')).toBe('Grace\nMore')
})
