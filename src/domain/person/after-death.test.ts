import type { Patient, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { refusedAfterDeath } from './after-death.ts'
import { faultOfDeath } from './death.ts'

const subject = { reference: 'Patient/p' }
const now = new Date('2026-03-10T09:00:00Z')
const clock = { now, zone: 'Europe/London' }
const living: Patient = { resourceType: 'Patient', id: 'p' }
const dead: Patient = { ...living, deceasedDateTime: '2026-03-05' }
const ours = (code: string) => [{ coding: [{ system: 'https://gable.example/codes', code }] }]

const of = (resourceType: string, parts: object) =>
  ({ resourceType, id: 'x', ...parts }) as unknown as Resource
const episode = (status: string, start?: string) =>
  of('EpisodeOfCare', { status, patient: subject, ...(start ? { period: { start } } : {}) })
const message = (code: string, sent: string, more: object = {}) =>
  of('Communication', { status: 'completed', subject, category: ours(code), sent, ...more })
const task = (more: object) => of('Task', { status: 'requested', intent: 'order', ...more })
const plan = (status: string, more: object = {}) => of('CarePlan', { status, ...more })
const review = (valueDate: string) => ({
  extension: [{ url: 'https://gable.example/fhir/review-on', valueDate }],
})
const due = (end: string) => ({ restriction: { period: { end } } })
const answers = (status: string, authored?: string) =>
  of('QuestionnaireResponse', { status, subject, ...(authored ? { authored } : {}) })
const agreed = of('Provenance', { activity: ours('agree')[0], recorded: '2026-03-01T09:00:00Z' })
const consent = (status: string, dateTime?: string) =>
  of('Consent', { status, ...(dateTime ? { dateTime } : {}) })
const appointment = (status: string, start: string) => of('Appointment', { status, start })

const isRefused = (after: Resource, before?: Resource, patient = dead) =>
  refusedAfterDeath(patient, { resource: after, before }, clock) !== undefined

const later = '2026-03-09T10:00:00Z'
const earlier = '2026-03-04T10:00:00Z'
const staffTask = { code: ours('staff-task')[0] }

describe('For a person who died on 5 March', () => {
  test.each<[string, Resource, Resource?]>([
    ['a new case', episode('active')],
    ['a case that begins after the death', episode('active', later)],
    ['a planned case', episode('planned', later)],
    ['a closed case that is opened again', episode('active', earlier), episode('finished')],
    ['a paused case that is taken up', episode('active', earlier), episode('onhold', earlier)],
    ['a call', message('contact', later)],
    ['a call nobody answered', message('contact', later, { status: 'not-done' })],
    ['a review', message('review', later)],
    ['an answer to a promise', message('promise-answer', later)],
    ['a message to the person', message('other', later, { recipient: [subject] })],
    ['a note that becomes a call', message('contact', later), message('note', earlier)],
    [
      'a question to the person',
      of('CommunicationRequest', { status: 'active', authoredOn: later }),
    ],
    ['a promise', task({ authoredOn: later })],
    ['a promise without a date', task({})],
    [
      'a staff task that the person is to do',
      task({ ...staffTask, owner: subject, authoredOn: later }),
    ],
    ['a promise that is opened again', task({}), task({ status: 'completed' })],
    ['a promise that is put off', task(due('2026-04-01')), task(due('2026-03-01'))],
    ['a plan', plan('active', { created: later })],
    ['an ended plan that is reopened', plan('active'), plan('completed')],
    ['a new review date', plan('active', review('2026-04-01')), plan('active')],
    ['an assessment offered to a carer', message('carer-offer', later)],
    ['that a carer is ill', of('Flag', { status: 'active', category: ours('carer-ill') })],
    ['how today is', of('Flag', { status: 'active', category: ours('todays-colour') })],
    ['an agreement, whatever its date', agreed],
    ['answers', answers('completed', later)],
    ['answers without a date', answers('in-progress')],
    ['a draft that is finished', answers('completed', later), answers('in-progress', earlier)],
    ['a share', consent('active', later)],
    ['a share that is proposed', consent('proposed')],
    ['agreement to a proposed share', consent('active', earlier), consent('proposed', earlier)],
    ['an appointment', appointment('booked', '2026-03-20T09:00:00Z')],
    [
      'an appointment that is moved',
      appointment('booked', '2026-03-20T09:00:00Z'),
      appointment('booked', '2026-03-01T09:00:00Z'),
    ],
  ])('%s is refused', (_, after, before) => expect(isRefused(after, before)).toBe(true))

  test.each<[string, Resource, Resource?]>([
    ['a case from before the death', episode('active', earlier)],
    ['the end of a case', episode('finished', earlier), episode('active', earlier)],
    ['a pause', episode('onhold', earlier), episode('active', earlier)],
    ['another coordinator', episode('active', earlier), episode('active', earlier)],
    ['a call from before the death, recorded later', message('contact', earlier)],
    ['a call on the day of death', message('contact', '2026-03-05T21:00:00Z')],
    ['a note', message('note', later)],
    ['a comment by a carer', message('comment', later)],
    ['a call entered in error', message('contact', later, { status: 'entered-in-error' })],
    ['a correction of a call', message('contact', later), message('contact', later)],
    ['a task for staff', task({ ...staffTask, authoredOn: later })],
    [
      'the hand-over to another practice',
      task({ code: ours('registration-handover')[0], authoredOn: later }),
    ],
    ['a promise that is dropped', task({ status: 'cancelled' }), task({})],
    ['a promise from before the death', task({ authoredOn: earlier, ...due('2026-04-01') })],
    ['a promise with other words', task({ description: 'b' }), task({ description: 'a' })],
    ['the end of a plan', plan('completed', review('2026-04-01')), plan('active')],
    [
      'a plan with an unchanged review date',
      plan('active', review('2026-04-01')),
      plan('active', review('2026-04-01')),
    ],
    ['answers from before the death', answers('completed', earlier)],
    ['a draft that is stopped', answers('stopped', later), answers('in-progress', earlier)],
    ['a share that is ended', consent('inactive'), consent('active')],
    ['an appointment that is cancelled', appointment('cancelled', later)],
    ['a reading', of('Observation', { status: 'final', effectiveDateTime: later })],
    ['the Patient record itself', { ...dead, name: [{ text: 'Cora' }] }],
  ])('%s is accepted', (_, after, before) => expect(isRefused(after, before)).toBe(false))
})

test.each<[object, boolean]>([
  [{}, false],
  [{ deceasedBoolean: false }, false],
  [{ deceasedBoolean: true }, true],
  [{ deceasedDateTime: '2026-03-08T10:00:00+01:00' }, true],
  [{ deceasedDateTime: '2026-03-09T10:00:00Z' }, false],
  [{ deceasedDateTime: '2026-03-09' }, false],
  [{ deceasedDateTime: '2026-03' }, false],
  [{ deceasedDateTime: '2026-02' }, true],
  [{ deceasedDateTime: '2025' }, true],
])('a call of 9 March, with the death %o, is refused: %s', (death, refused) => {
  const call = message('contact', '2026-03-10T08:00:00Z')
  const then = message('contact', '2026-03-09T10:00:00Z')
  const asked = death && 'deceasedBoolean' in death ? call : then
  expect(isRefused(asked, undefined, { ...living, ...death })).toBe(refused)
})

test('a death without a date allows what is dated before today', () => {
  const patient = { ...living, deceasedBoolean: true }
  expect(isRefused(message('contact', later), undefined, patient)).toBe(false)
  expect(isRefused(episode('active'), undefined, patient)).toBe(true)
})

test('the day of death ends at midnight in the zone of the service', () => {
  const refusedIn = (zone: string) =>
    refusedAfterDeath(
      dead,
      { resource: message('contact', '2026-03-06T05:00:00Z'), before: undefined },
      { now, zone },
    ) !== undefined
  expect([refusedIn('Europe/London'), refusedIn('America/Los_Angeles')]).toEqual([true, false])
})

test('the refusal says what has happened and what to do', () => {
  const write = { resource: message('contact', later), before: undefined }
  expect(refusedAfterDeath(dead, write, clock)).toBe(
    'The person has died (2026-03-05). No call, visit or review can be recorded after the death. Record a conversation with the family as a note. If this is wrong, remove the death from the record first',
  )
})

test.each([
  ['no date', '', undefined],
  ['today', '2026-03-02', undefined],
  ['the date of birth', '1934-01-04', undefined],
  ['a day in the future', '2026-03-03', 'ahead'],
  ['a day before the date of birth', '1934-01-03', 'before-birth'],
])('Date of death: %s', (_title, day, fault) => {
  expect(faultOfDeath(day, { birthDate: '1934-01-04', today: '2026-03-02' })).toBe(fault)
})
