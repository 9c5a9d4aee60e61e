import type { Task } from '@medplum/fhirtypes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { now } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { doDeed } from '#client/queries/coordination/tasks.ts'
import { closeAlerts, closeSafety, reopenFlags } from '#client/queries/monitoring/alerts.ts'
import { observationsQuery, setLimit } from '#client/queries/monitoring/observations.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { withdrawDeath, writeDeath } from '#client/queries/patient/death.ts'
import { signInAs } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { CaseMovedOn, CaseStillOpen } from '#domain/case/closing.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { DeathMovedOn } from '#domain/person/death.ts'
import { sentReferral } from '#domain/referral/fhir.ts'
import { taskFromFhir } from '#domain/task/fhir.ts'
import { machineNow } from '#test-support/clock.ts'
import { type OpenHandler, openHandler, testOrigin } from '#test-support/servers/handler.ts'
import { endOpenWork } from './end-open-work.ts'
import { findOpenWork } from './open-work.ts'
import { planQueries } from './plan.ts'
import { closeCase, holdReview, noteContact, pauseCase, resumeCase } from './review.ts'

const browserFetch = globalThis.fetch
let server: OpenHandler
let count = 0
let person = ''

const daysAgo = (days: number) => new Date(now().getTime() - days * 86_400_000).toISOString()
type Kept = ResourceWithId
const subject = () => ({ reference: `Patient/${person}` })
const caseId = () => `case-${person}`
const oxygen = (id: string, value: number, days: number, unit = '%'): Kept => ({
  ...{ resourceType: 'Observation', id: `${id}-${person}`, status: 'final', subject: subject() },
  code: { coding: [{ system: 'http://loinc.org', code: '59408-5' }] },
  effectiveDateTime: daysAgo(days),
  valueQuantity: { value, unit, code: unit },
})
const safetyFlag = (): Kept => ({
  ...{ resourceType: 'Flag', id: `safety-${person}`, status: 'active', subject: subject() },
  category: [{ coding: [{ code: 'safety' }] }],
  ...{ code: { text: 'PHQ-9 item 9' }, period: { start: daysAgo(40) } },
})
const task = (id = 'task'): Task & { id: string } => ({
  ...{ resourceType: 'Task', id: `${id}-${person}`, status: 'accepted', intent: 'order' },
  ...{ for: subject(), description: 'Fit the rail' },
})
const home = (): Kept => ({
  ...{
    resourceType: 'Encounter',
    id: `stay-${person}`,
    status: 'finished',
    class: { code: 'IMP' },
  },
  ...{ subject: subject(), period: { start: daysAgo(25), end: daysAgo(20) } },
})

beforeAll(async () => {
  server = await openHandler({ now: machineNow })
  // the server’s clock stands still: records written during the tests must not be in its future
  server.wait(60)
  await server.seed([...demoOrganisationRecords(), { resourceType: 'Patient', id: graceId }])
  globalThis.fetch = (input, init) =>
    server.handler(new Request(new URL(String(input), testOrigin), init))
  await signInAs('amina')
})
afterAll(async () => {
  globalThis.fetch = browserFetch
  await server.close()
})
beforeEach(async () => {
  count += 1
  person = `p-${count}`
  const patient: Kept = {
    ...{ resourceType: 'Patient', id: person, name: [{ family: 'Hill', given: ['Ann'] }] },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  }
  const episode: Kept = {
    ...{ resourceType: 'EpisodeOfCare', id: caseId(), status: 'active', patient: subject() },
    careManager: { reference: 'Practitioner/amina-yusuf' },
    period: { start: daysAgo(70) },
  }
  const plan: Kept = {
    ...{ resourceType: 'CarePlan', id: `plan-${caseId()}`, status: 'active', intent: 'plan' },
    ...{ subject: subject(), supportingInfo: [{ reference: `EpisodeOfCare/${caseId()}` }] },
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
  await server.seed([patient, episode, plan])
})

async function kinds(): Promise<readonly string[]> {
  queryClient.clear()
  const { items } = await queryClient.fetchQuery(todayQuery('amina'))
  return items.filter((item) => item.person === person).map((item) => item.kind)
}
async function planNow() {
  const { plan } = await queryClient.fetchQuery(planQueries.house(person))
  if (!plan) throw new Error('There is no plan')
  return plan
}
const contact = (reached: boolean) => ({
  ...{ id: `contact-${person}-${reached}`, person, way: 'call' as const, reached },
  words: 'About the stairs',
})
const end = {
  ...{ outcome: 'goals-reached' as const, words: 'She walks to church.' },
  ...{ continues: 'Meals on weekdays', comeBack: 'Call the practice' },
}

describe('A contact', () => {
  test('that reached the person clears the discharge and silence items, and a failed attempt does not', async () => {
    await server.seed([home()])
    expect(await kinds()).toEqual(['home', 'silent'])
    await noteContact(contact(false))
    expect(await kinds()).toEqual(['home', 'silent'])
    await noteContact(contact(true))
    expect(await kinds()).toEqual([])
    expect(await fhir.read('Communication', `contact-${person}-false`)).toMatchObject({
      ...{ status: 'not-done', statusReason: { text: 'About the stairs' } },
    })
  })

  test('sent twice is stored once', async () => {
    await noteContact(contact(true))
    await noteContact(contact(true))
    expect((await fhir.read('Communication', `contact-${person}-true`)).meta?.versionId).toBe('1')
  })

  test('is also recorded by a review', async () => {
    expect(await kinds()).toEqual(['silent'])
    await holdReview(await planNow(), { id: `review-${person}`, words: 'Well', next: '2099-01-01' })
    expect(await kinds()).toEqual([])
  })

  test('a review sent again after a lost answer moves the plan once', async () => {
    const review = { id: `review-${person}`, words: 'Well', next: '2099-01-01' }
    const hold = async (next = review.next) => holdReview(await planNow(), { ...review, next })
    const version = async () => (await fhir.read('CarePlan', (await planNow()).id)).meta?.versionId
    await hold()
    const moved = await version()
    await hold()
    expect([moved, await version()]).toEqual(['2', '2'])
    // the user did not learn that the save had arrived, and has chosen another day since
    await hold('2099-02-02')
    expect((await planNow()).reviewOn).toBe('2099-02-02')
  })
})

describe('An open item', () => {
  test('for readings is closed with a reason for all together, and can be reopened', async () => {
    await server.seed([oxygen('a', 82, 9), oxygen('b', 84, 8), oxygen('c', 93, 7)])
    expect(await kinds()).toEqual(['reading', 'silent'])
    const about = (id: string) => `Observation/${id}-${person}` as const
    const matters = ['a', 'b'].map((id) => ({ person, about: about(id), since: daysAgo(9) }))
    await closeAlerts(matters, ' Rang her: well now. ')
    expect(await kinds()).toEqual(['silent'])
    const { closings } = await queryClient.fetchQuery(observationsQuery(person))
    const expectedClosing = { by: { name: 'Amina Yusuf' }, words: 'Rang her: well now.' }
    expect(closings).toMatchObject([expectedClosing, expectedClosing])
    expect(closings.map((each) => each.about).toSorted()).toEqual([about('a'), about('b')])
    await reopenFlags([`alert-a-${person}`])
    expect(await kinds()).toEqual(['reading', 'silent'])
  })

  test('is not closed by the person whose reading it is', async () => {
    await signInAs('grace')
    const about = 'Observation/own' as const
    const closing = closeAlerts([{ person: graceId, about, since: daysAgo(1) }], 'It is fine')
    await expect(closing).rejects.toMatchObject({ kind: 'forbidden' })
    await signInAs('amina')
  })

  test('closed by two users keeps the reasons of both', async () => {
    await server.seed([oxygen('a', 82, 9)])
    const matter = { person, about: `Observation/a-${person}` as const, since: daysAgo(9) }
    await Promise.all([closeAlerts([matter], 'One'), closeAlerts([matter], 'Other')])
    const flag = await fhir.read('Flag', `alert-a-${person}`)
    const words = flag.extension
      ?.flatMap((each) => each.extension ?? [])
      .flatMap((part) => part.valueString ?? [])
    expect(words?.toSorted()).toEqual(['One', 'Other'])
  })

  test('for a discharge without a call is closed with a reason', async () => {
    await server.seed([home()])
    const matter = { person, about: `Encounter/stay-${person}` as const, since: daysAgo(20) }
    await closeAlerts([matter], 'The ward’s nurse went to see her.')
    expect(await kinds()).toEqual(['silent'])
  })

  test('for safety stays, also while the case is paused, until it is closed with a reason', async () => {
    await server.seed([safetyFlag()])
    await pauseCase(caseId(), 'She is with her sister')
    expect(await kinds()).toEqual(['safety'])
    await closeSafety(`safety-${person}`, person, 'Seen by the crisis team; Dr Patel agrees.')
    expect(await kinds()).toEqual([])
  })

  test('for a limit counts only readings since the limit was agreed', async () => {
    await server.seed([oxygen('a', 82, 9)])
    const plan = await planNow()
    await setLimit(plan, { kind: 'oxygen' })
    await setLimit(plan, { kind: 'oxygen', low: 90 })
    expect(await kinds()).toEqual(['silent'])
    const { limits } = await queryClient.fetchQuery(observationsQuery(person))
    expect(limits[0]?.since?.slice(0, 10)).toBe(daysAgo(0).slice(0, 10))
  })
})

describe('A case', () => {
  test('that is paused keeps its reason, and shows new readings when it is resumed', async () => {
    await pauseCase(caseId(), 'Steady for six months')
    await server.seed([oxygen('a', 82, 0)])
    expect(await kinds()).toEqual([])
    await expect(pauseCase(caseId(), 'Again')).rejects.toThrow(CaseMovedOn)
    await resumeCase(caseId())
    expect(await kinds()).toEqual(['reading', 'silent'])
    const { statusHistory, extension } = await fhir.read('EpisodeOfCare', caseId())
    expect(statusHistory?.map((each) => each.status)).toEqual(['active', 'onhold'])
    // the reason of the pause is in its version; who decided last stands here
    expect(extension?.map(({ url }) => url)).toEqual([gableUrl('written')])
  })

  test('is not closed while an item is open, and the refusal names it', async () => {
    await server.seed([task(), safetyFlag(), oxygen('a', 82, 9)])
    const refused = closeCase({ caseId: caseId(), plan: await planNow(), ...end })
    await expect(refused).rejects.toThrow(CaseStillOpen)
    await expect(refused).rejects.toThrow('PHQ-9 item 9; oxygen; Fit the rail')
    expect((await fhir.read('EpisodeOfCare', caseId())).status).toBe('active')
  })

  test('of a person who has died: all open work ends in one step, except items that need a decision', async () => {
    const referral = sentReferral(
      {
        ...{ id: `ref-${person}`, requestId: `asked-${person}`, person, what: 'Physio', why: '' },
        to: { reference: 'Practitioner/tom-price', name: 'Tom', voice: 'professional' },
      },
      { by: whoAmI(person), at: daysAgo(30) },
    )
    const promise: Kept = { ...task('promise'), focus: { reference: `CarePlan/plan-${caseId()}` } }
    const over: Kept = { ...task('over'), status: 'completed' }
    await server.seed([task(), promise, over, ...referral, safetyFlag(), oxygen('a', 82, 9)])
    await writeDeath(person, { from: undefined, to: daysAgo(1).slice(0, 10) })
    const entriesBefore = await fhir.search('Task', { patient: `Patient/${person}` })
    const asked = ['collect', 'condolence', 'tell'].map((kind) => `after-death-${kind}-${person}`)
    expect(entriesBefore.entries).toHaveLength(4 + asked.length)
    await endOpenWork(person, ' She has died. ')
    await endOpenWork(person, 'Once more')
    const taskOf = async (id: string) => taskFromFhir(await fhir.read('Task', `${id}-${person}`))
    // ended by the service, in nobody’s name
    for (const id of ['task', 'promise'])
      expect(await taskOf(id)).toMatchObject({ state: 'cancelled', deeds: [] })
    expect((await taskOf('over')).deeds).toEqual([])
    const [request, taskOfTom] = referral
    expect((await fhir.read('ServiceRequest', request.id)).status).toBe('revoked')
    expect(await fhir.read('Task', taskOfTom.id)).toMatchObject({
      ...{ status: 'cancelled', statusReason: { text: 'She has died.' } },
    })
    const left = await findOpenWork(person, new AbortController().signal)
    expect(left.map(({ id }) => id).toSorted()).toEqual([...asked, `safety-${person}`])
    await closeSafety(`safety-${person}`, person, 'Looked at with her daughter')
    for (const id of asked)
      await doDeed(taskFromFhir(await fhir.read('Task', id)), { kind: 'do', words: 'Done' })
    await closeCase({ caseId: caseId(), plan: await planNow(), ...end, outcome: 'died' })
    expect((await fhir.read('EpisodeOfCare', caseId())).status).toBe('finished')
  })

  test('of a person who has died: no work ends when one part of it fails', async () => {
    await writeDeath(person, { from: undefined, to: daysAgo(1).slice(0, 10) })
    // sent by another system afterwards
    await server.seed([task(), task('second')])
    const open = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      const body = String(init?.body ?? '')
      const cut = body.replaceAll(`"id":"second-${person}"`, '"id":"second-another"')
      return await open(input, init?.body ? { ...init, body: cut } : init)
    }
    try {
      await expect(endOpenWork(person, 'She has died.')).rejects.toThrow()
    } finally {
      globalThis.fetch = open
    }
    for (const id of ['task', 'second'])
      expect((await fhir.read('Task', `${id}-${person}`)).status).toBe('accepted')
  })

  test('of a person whose death is recorded asks to be closed, until the death is removed', async () => {
    const day = daysAgo(2).slice(0, 10)
    await writeDeath(person, { from: undefined, to: day })
    expect(await kinds()).toEqual(['died'])
    const { died } = await queryClient.fetchQuery(planQueries.house(person))
    expect(died).toBe(day)
    await expect(noteContact(contact(true))).rejects.toMatchObject({ kind: 'refused' })
    // the same save again, and another day by a user who had not read the first
    await writeDeath(person, { from: undefined, to: day })
    await expect(writeDeath(person, { from: undefined, to: true })).rejects.toThrow(DeathMovedOn)
    await writeDeath(person, { from: day, to: true })
    expect(await fhir.read('Patient', person)).toMatchObject({ deceasedBoolean: true })
    const why = { words: 'It was her neighbour', id: crypto.randomUUID() }
    await expect(withdrawDeath(person, { from: day, ...why })).rejects.toThrow(DeathMovedOn)
    await withdrawDeath(person, { from: true, ...why })
    // the same again, after a lost answer
    await withdrawDeath(person, { from: true, ...why })
    expect(await kinds()).toEqual(['silent'])
    await noteContact(contact(true))
  })

  test('ends with its plan and its outcome, and stays closed', async () => {
    await closeCase({ caseId: caseId(), plan: await planNow(), ...end })
    expect(await fhir.read('EpisodeOfCare', caseId())).toMatchObject({
      ...{ status: 'finished', statusHistory: [{ status: 'active' }] },
      extension: [
        { valueCodeableConcept: { text: 'She walks to church.' } },
        { valueString: 'Meals on weekdays' },
        { valueString: 'Call the practice' },
        { url: gableUrl('written') },
      ],
    })
    expect((await fhir.read('CarePlan', `plan-${caseId()}`)).status).toBe('completed')
    await expect(closeCase({ caseId: caseId(), plan: undefined, ...end })).rejects.toThrow(
      CaseMovedOn,
    )
    await expect(resumeCase(caseId())).rejects.toThrow(CaseMovedOn)
  })
})
