import type { Consent } from '@medplum/fhirtypes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { currentOfflineResponder } from '#client/fhir/offline-responder.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { answerAgreement } from '#client/queries/care-plan/agreement.ts'
import { assessmentQueries, completeAssessment } from '#client/queries/care-plan/assessments.ts'
import { saveAction } from '#client/queries/care-plan/goals.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { addTask, doDeed, myTasksQuery, tasksQuery } from '#client/queries/coordination/tasks.ts'
import { scoreQueries } from '#client/queries/monitoring/find-people.ts'
import { addObservation, observationsQuery } from '#client/queries/monitoring/observations.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { changeDetails, contactDetailsQuery } from '#client/queries/patient/contact-details.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { timelineQueries } from '#client/queries/patient/timeline.ts'
import { sayCarerIsIll } from '#client/queries/worse/carer-ill.ts'
import { saveColour } from '#client/queries/worse/save-colour.ts'
import { chidiId } from '#demo-data/identities.ts'
import { digitsAt } from '#domain/decimal/digits.ts'
import { correcting } from '#domain/person/contact-details-fhir.ts'
import { numbersTyped } from '#domain/reading/reading.ts'
import { minutesFromNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { graceId } from '#test-support/worlds/grace-server.ts'
import { type OfflineServer, openOfflineServer } from '#test-support/worlds/offline-server.ts'
import { inDownloadQueue } from './download-queue.ts'
import { syncNow } from './sync-now.ts'

const weight = { kind: 'weight', value: 70, at: minutesFromNow(-60).toISOString() } as const

eachStore('offline work', (open) => {
  let away: OfflineServer
  beforeEach(async () => {
    away = await openOfflineServer((await open()).sql)
  })
  afterEach(() => away.close())

  test('the plan, readings, tasks and Today read the same without a network as with one', async () => {
    const read = async () => {
      queryClient.clear()
      const tasks = (await queryClient.fetchQuery(myTasksQuery('amina', 'mine', 1))).rows
      return [
        await queryClient.fetchQuery(patientQuery(graceId)),
        await queryClient.fetchQuery(planQueries.house(graceId)),
        await queryClient.fetchQuery(observationsQuery(graceId)),
        await queryClient.fetchQuery(tasksQuery(graceId)),
        await queryClient.fetchQuery(timelineQueries.ofPerson(graceId)),
        await queryClient.fetchQuery(assessmentQueries.forms()),
        await queryClient.fetchQuery(assessmentQueries.ofPerson(graceId)),
        await queryClient.fetchQuery(careTeamQuery(graceId)),
        await queryClient.fetchQuery(scoreQueries.today(graceId)),
        tasks.map(({ task }) => [task.id, task.what, task.state]),
        (await queryClient.fetchQuery(todayQuery('amina'))).items,
      ]
    }
    const before = await read()
    away.goOffline()
    expect(await read()).toEqual(before)
  })

  test('a phone number corrected offline is sent later, and a change of identity is refused offline', async () => {
    away.goOffline()
    const owner = `Patient/${graceId}`
    const found = await queryClient.fetchQuery(contactDetailsQuery(owner))
    const phone = found.find(({ kind }) => kind === 'phone')
    if (!phone) throw new Error('There is no number')
    await changeDetails(owner, correcting(phone, { ...phone, value: '01632 960777' }))
    const record = await fhir.read('Patient', graceId)
    await expect(fhir.update({ ...record, birthDate: '1935-01-04' })).rejects.toMatchObject({
      kind: 'needs-network',
    })
    away.goOnline()
    await syncNow()
    queryClient.clear()
    const after = await queryClient.fetchQuery(contactDetailsQuery(owner))
    expect(after.find(({ kind }) => kind === 'phone')).toMatchObject({
      ...{ value: '01632 960777', written: { by: { name: 'Amina Yusuf' } } },
    })
  })

  test('a person who is not downloaded is reported as not on this device, never as empty', async () => {
    away.goOffline()
    const other = { kind: 'not-downloaded' }
    await expect(queryClient.fetchQuery(patientQuery('p-other'))).rejects.toMatchObject(other)
    await expect(queryClient.fetchQuery(tasksQuery('p-other'))).rejects.toMatchObject(other)
    await expect(fhir.operation('Patient/$find-people')).rejects.toMatchObject(other)
  })

  test('that a carer is ill, and how today is, said twice offline, is sent once with all that follows', async () => {
    const chidi = { reference: `RelatedPerson/${chidiId}`, name: 'Chidi', voice: 'carer' as const }
    const house = async () => await queryClient.fetchQuery(planQueries.house(graceId))
    const ill = async () =>
      (await house()).illnesses.map(({ carer, setOff }) => [carer.name, setOff.length])
    const tasks = async () =>
      (await queryClient.fetchQuery(tasksQuery(graceId))).filter(({ id }) => id.startsWith('ill-'))
    away.goOffline()
    await sayCarerIsIll(graceId, chidi)
    await sayCarerIsIll(graceId, chidi)
    const said = { person: graceId, colour: 'amber', words: 'Puffy' } as const
    await saveColour(said, (await house()).colours)
    expect([await ill(), await tasks()]).toEqual([[['Chidi Okafor', 0]], []])
    away.goOnline()
    await away.sendAndCount()
    expect(away.waiting()).toEqual([])
    queryClient.clear()
    expect([await ill(), (await tasks()).length]).toEqual([[['Chidi Okafor', 5]], 5])
    expect((await house()).colours.map(({ colour, by }) => [colour, by.name])).toEqual([
      ['amber', 'Amina Yusuf'],
    ])
  })

  test('a goal, a step, a task and a reading written offline show at once and are sent once', async () => {
    away.goOffline()
    await away.changeGoal({ words: 'I want to sing.' })
    const step = { id: 'new-step', person: graceId, note: '', state: 'planned' as const }
    await saveAction(await away.plan(), { mine: { ...step, what: 'Ring the parish' } })
    await addTask({ id: 'new-task', person: graceId, what: 'Bring the scales' })
    const [task] = (await queryClient.fetchQuery(tasksQuery(graceId))).filter(
      (each) => each.id === 'new-task',
    )
    if (task) await doDeed(task, { kind: 'do' })
    await addObservation({ ...weight, id: 'new-weight', person: graceId })
    expect((await away.goal()).words).toBe('I want to sing.')
    expect((await away.plan()).actions).toContain('new-step')
    expect(away.waiting()).toHaveLength(4)

    away.goOnline()
    const sent = await away.sendAndCount()
    expect(away.waiting()).toEqual([])
    expect((await away.goal()).words).toBe('I want to sing.')
    expect((await away.plan()).actions).toContain('new-step')
    expect(sent).toEqual({
      'Goal/goal-g1': 2,
      'Task/new-step': 1,
      'Task/new-task': 1,
      'Observation/new-weight': 1,
    })
    const story = (await away.look()).events.filter((each) => each.kind === 'write-goal')
    expect(story[0]?.targets).toContain('Goal/goal-g1/_history/2')
  })

  test('a reading typed as 70.0 keeps its digits on the device, after a reload and when it is sent', async () => {
    const shown = async () => {
      queryClient.clear()
      const { readings } = await queryClient.fetchQuery(observationsQuery(graceId))
      const reading = readings.find(({ id }) => id === 'new-weight')
      return reading && digitsAt(reading, 'value')
    }
    away.goOffline()
    const typed = numbersTyped({ value: '70.0' })
    await addObservation({ ...weight, ...typed, id: 'new-weight', person: graceId })
    expect(await shown()).toBe('70.0')
    await away.reopen()
    expect(await shown()).toBe('70.0')
    away.goOnline()
    await away.sendAndCount()
    const amina = await away.server.as('amina')
    const kept = await (await amina('/fhir/Observation/new-weight')).text()
    expect(kept).toContain('"value":70.0,')
    expect(await shown()).toBe('70.0')
  })

  test('records written online since, by me and by others, are on the device too', async () => {
    await away.changeGoal({ words: 'I want to sing.' })
    await addTask({ id: 'new-task', person: graceId, what: 'Bring the scales' })
    await away.asKaren(async () => {
      await away.changeGoal({ why: 'Mother did.' })
    })
    currentOfflineResponder()?.afterChange('Goal/goal-g1')
    // wait for it and for the records that were written
    await inDownloadQueue(async () => undefined)
    away.goOffline()
    expect(await away.goal()).toMatchObject({ words: 'I want to sing.', why: 'Mother did.' })
    const tasks = await queryClient.fetchQuery(tasksQuery(graceId))
    expect(tasks.map((each) => each.id)).toContain('new-task')
  })

  test('an agreement and a consent need the network', async () => {
    const plan = await away.plan()
    away.goOffline()
    const needsNetwork = { kind: 'needs-network' }
    await expect(
      answerAgreement(plan, { id: crypto.randomUUID(), yes: true, words: '' }),
    ).rejects.toMatchObject(needsNetwork)
    const consent = { resourceType: 'Consent', id: 'new' } as Consent & { id: string }
    await expect(fhir.create(consent)).rejects.toMatchObject(needsNetwork)
    expect(away.waiting()).toEqual([])
  })

  test('an assessment is completed and scored offline', async () => {
    const [form] = (await queryClient.fetchQuery(assessmentQueries.forms())).filter(
      (each) => each.id === 'prisma-7',
    )
    if (!form) throw new Error('The form is gone')
    away.goOffline()
    // Grace’s sex is on her record, so this question has the answer no
    const answers = Object.fromEntries(form.items.map(({ linkId }) => [linkId, [linkId !== '2']]))
    await completeAssessment({ id: 'sitting', form, answers, person: graceId })
    const here = await queryClient.fetchQuery(assessmentQueries.ofPerson(graceId))
    away.goOnline()
    await syncNow()
    queryClient.clear()
    const there = await queryClient.fetchQuery(assessmentQueries.ofPerson(graceId))
    const scoreIn = (all: typeof here) => all.scores.map((each) => each.value)
    expect(scoreIn(there)).toEqual(scoreIn(here))
    expect(there.assessments.find((each) => each.id === 'sitting')?.state).toBe('completed')
  })
})
