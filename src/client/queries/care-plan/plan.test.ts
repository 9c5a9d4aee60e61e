import { expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { SaveConflict } from '#client/forms/merge-edit.ts'
import { sendReferral } from '#client/queries/coordination/referrals.ts'
import { addObservation, observationsQuery } from '#client/queries/monitoring/observations.ts'
import { signInAs } from '#client/session/session.ts'
import { aboutMeIdFor } from '#domain/plan/about-me.ts'
import { openGoals } from '#domain/plan/house/house.ts'
import { planStatus } from '#domain/plan/plan-status.ts'
import { planForNow, readingStandingOf } from '#domain/reading/advice.ts'
import { dayFromToday, machineNow } from '#test-support/clock.ts'
import { graceId, graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { saveAboutMe } from './about-me.ts'
import { answerAgreement, PlanMovedOn } from './agreement.ts'
import { addComment, answerPromise, takeBackAnswer } from './comments.ts'
import { saveAction, saveGoal } from './goals.ts'
import { earlierVersionsOf, planQueries, setReview } from './plan.ts'

const server = graceServerForFile()
const today = dayFromToday(0)

async function look() {
  queryClient.clear()
  return await queryClient.fetchQuery(planQueries.house(graceId))
}

async function plan() {
  const { plan: found } = await look()
  if (!found) throw new Error('Grace has no plan')
  return found
}

const status = async () => planStatus({ ...(await look()), today })

async function church() {
  const goal = openGoals(await look()).find((each) => each.id === 'goal-g1')
  if (!goal) throw new Error('The goal is gone')
  return goal
}

test('the demonstration plan is as Grace agreed to it', async () => {
  const found = await look()
  expect(found.caseOfPlan?.coordinator?.name).toBe('Amina Yusuf')
  expect(openGoals(found).map((goal) => goal.words)).toContain('I want to sleep past five.')
  expect(found.actions).toHaveLength(6)
  expect(found.team.map((member) => member.who.name)).toContain('Karen Lee')
  expect(found.aboutMe).toHaveLength(5)
  expect(found.aboutMe[0]?.saidBy?.name).toContain('Okafor')
  expect(found.agreements.map((each) => each.words)).toEqual(['Yes, this is what I said.'])
  expect(await status()).toBe('current')
})

test('a change of the plan moves its version and needs the person’s own agreement', async () => {
  const before = await plan()
  const step = { id: crypto.randomUUID(), person: graceId, note: '', state: 'planned' as const }
  await saveAction(before, { mine: { ...step, what: 'Ring the parish' } })
  const after = await plan()
  expect(Number(after.version)).toBe(Number(before.version) + 1)
  expect(after.actions).toContain(step.id)
  expect(await status()).toBe('awaiting-person')

  await answerAgreement(after, { id: crypto.randomUUID(), yes: true, words: 'Fine by me' })
  expect(await status(), 'the nurse’s yes fills no roof').toBe('awaiting-person')

  await signInAs('grace')
  const yes = { id: crypto.randomUUID(), yes: true, words: 'Yes' }
  await answerAgreement(after, yes)
  expect(await status()).toBe('current')
  await answerAgreement(after, yes)
  await expect(
    answerAgreement(after, { ...yes, yes: false }),
    'another answer is not taken for a retry',
  ).rejects.toThrow()
  await expect(
    answerAgreement(before, { id: crypto.randomUUID(), yes: true, words: '' }),
  ).rejects.toThrow(PlanMovedOn)
})

test('a user cannot agree in the name of another', async () => {
  const { id, version } = await plan()
  await expect(
    fhir.create({
      resourceType: 'Provenance',
      id: crypto.randomUUID(),
      target: [{ reference: `CarePlan/${id}/_history/${version}` }],
      recorded: machineNow().toISOString(),
      activity: { coding: [{ system: 'https://gable.example/codes', code: 'agree' }] },
      agent: [{ who: { reference: `Patient/${graceId}` } }],
    }),
  ).rejects.toThrow(FhirError)
})

test('changes by two users to different fields of one goal are both kept', async () => {
  const base = await church()
  await saveGoal(await plan(), { base, mine: { ...base, why: 'My sister is buried there.' } })
  await signInAs('karen')
  await saveGoal(await plan(), { base, mine: { ...base, words: `${base.words} Or a feast day.` } })
  const found = await church()
  expect(found.why).toBe('My sister is buried there.')
  expect(found.words).toContain('Or a feast day.')
  expect(found.written?.by.name).toBe('Karen Lee')
})

test('changes by two users to the same text become a conflict with both versions', async () => {
  const base = await church()
  await saveGoal(await plan(), { base, mine: { ...base, why: 'We sing there.' } })
  await signInAs('karen')
  const mine = { ...base, why: 'It gives the week a shape.' }
  const asked = await saveGoal(await plan(), { base, mine }).catch((error: unknown) => error)
  expect(asked).toBeInstanceOf(SaveConflict)
  const conflict = asked as SaveConflict
  expect(conflict.fields[0]).toMatchObject({
    field: 'why',
    mine: 'It gives the week a shape.',
    theirs: 'We sing there.',
  })
  expect(conflict.byWhom?.by.name).toBe('Amina Yusuf')
  const theirs = conflict.theirs as typeof base
  await saveGoal(await plan(), { base: theirs, mine: { ...theirs, why: mine.why } })
  expect((await church()).why).toBe(mine.why)
})

test('many users editing at once lose nothing', async () => {
  const before = await plan()
  const ids = Array.from({ length: 4 }, () => crypto.randomUUID())
  await Promise.all(
    ids.map((id) =>
      saveAction(before, {
        mine: { id, person: graceId, what: `Step ${id}`, note: '', state: 'planned' },
      }),
    ),
  )
  const after = await plan()
  expect(after.actions).toEqual(expect.arrayContaining(ids))
  expect(Number(after.version)).toBe(Number(before.version) + 4)
})

test('a save whose answer was lost is not done twice', async () => {
  const before = await plan()
  const edit = {
    mine: {
      ...{ id: crypto.randomUUID(), person: graceId, words: 'I want to see Enugu', why: '' },
      ...{ needs: [], state: 'active' as const },
    },
  }
  server.wire.mode = 'lose'
  await expect(saveGoal(before, edit)).rejects.toThrow(FhirError)
  server.wire.mode = 'open'
  await saveGoal(before, edit)
  const after = await plan()
  expect(after.goals.filter((id) => id === edit.mine.id)).toHaveLength(1)
  expect(Number(after.version)).toBe(Number(before.version) + 1)
})

test('without a network nothing is written, and the same save can be tried again', async () => {
  const before = await plan()
  server.wire.mode = 'drop'
  const reviewOn = dayFromToday(32)
  await expect(setReview(before, reviewOn)).rejects.toMatchObject({ status: 0 })
  server.wire.mode = 'open'
  await setReview(before, reviewOn)
  expect((await plan()).reviewOn).toBe(reviewOn)
})

test('fields that the app does not know survive a change', async () => {
  const stood = await fhir.read('CarePlan', (await plan()).id)
  await setReview(await plan(), dayFromToday(36))
  const found = await fhir.read('CarePlan', (await plan()).id)
  expect(found.category).toEqual(stood.category)
  const limits = (urls: typeof found) =>
    urls.extension?.filter((each) => each.url.endsWith('/reading-limit'))
  expect(limits(found)).toEqual(limits(stood))
})

test('Grace writes About me, adds a goal and says that a promise was not kept', async () => {
  await signInAs('grace')
  const me = { reference: `Patient/${graceId}`, name: 'Grace Okafor', voice: 'person' as const }
  const standing = await plan()
  await saveAboutMe(standing.id, {
    base: undefined,
    mine: {
      ...{ id: aboutMeIdFor(graceId, 'also'), person: graceId, section: 'also' },
      ...{ words: 'I taught for thirty years.', saidBy: me },
    },
  })
  const goal = { id: crypto.randomUUID(), person: graceId, words: 'I want to sing', why: '' }
  await saveGoal(await plan(), { mine: { ...goal, needs: [], state: 'active', expressedBy: me } })
  await answerPromise({
    ...{ id: crypto.randomUUID(), person: graceId, action: 'act-g1' },
    ...{ happened: false, words: 'Nobody came.' },
  })
  const found = await look()
  expect(found.aboutMe.find((each) => each.section === 'also')?.words).toContain('taught')
  expect(found.goals.map((each) => each.words)).toContain('I want to sing')
  expect(found.actions.find((each) => each.id === 'act-g1')?.answer?.words).toBe('Nobody came.')
  expect(found.events.some((event) => event.kind === 'answer-promise')).toBe(true)
})

test('Chidi sees the shared rooms, comments, and does not agree for his mother', async () => {
  await signInAs('chidi')
  const found = await look()
  expect(found.goals.length).toBeGreaterThan(0)
  await addComment({
    ...{ id: crypto.randomUUID(), person: graceId, about: 'Goal/goal-g1' },
    text: 'I will walk with her.',
  })
  const standing = await plan()
  await answerAgreement(standing, { id: crypto.randomUUID(), yes: true, words: 'I agree too' })
  const after = await look()
  expect(after.comments.map((each) => each.text)).toContain('I will walk with her.')
  expect(after.agreements.at(0)?.by.voice ?? 'carer').toBe('carer')
  expect(await status()).toBe('awaiting-person')
})

test('the text before a change can be read', async () => {
  const { events } = await look()
  const target = events
    .flatMap((event) => event.targets)
    .find((each) => /^Goal\/goal-g1\/_history\/[2-9]/.test(each))
  const before = await earlierVersionsOf(target ?? '')
  expect(before?.resourceType).toBe('Goal')
})

test('a referral is not listed as support before it is accepted', async () => {
  const before = (await look()).support.map((each) => each.title)
  await sendReferral({
    ...{ id: crypto.randomUUID(), requestId: crypto.randomUUID(), person: graceId },
    ...{ what: 'Night sitting', why: 'Chidi is tired' },
    to: {
      reference: 'Organization/riverside-council',
      name: 'Riverside Council',
      voice: 'professional',
    },
  })
  expect((await look()).support.map((each) => each.title)).toEqual(before)
})

test('Grace withdraws her answer to a promise and is asked again', async () => {
  await signInAs('grace')
  const id = crypto.randomUUID()
  const answerTo = async () => (await look()).actions.find((each) => each.id === 'act-g1')?.answer
  await answerPromise({ id, person: graceId, action: 'act-g1', happened: true, words: '' })
  const answer = await answerTo()
  expect(answer?.id).toBe(id)
  if (answer) await takeBackAnswer(answer)
  expect((await answerTo())?.id).not.toBe(id)
  if (answer) await takeBackAnswer(answer)
})

test('more steps and needs than one search page holds are all in the plan', async () => {
  const subject = { reference: `Patient/${graceId}` }
  const many = Array.from({ length: 620 }, (_, at) => at)
  const coding = [{ code: 'health-concern' }]
  await server.seed(
    many.flatMap((at) => [
      {
        ...{ resourceType: 'Task' as const, id: `many-${at}`, status: 'requested' as const },
        ...{ intent: 'order' as const, for: subject, focus: { reference: 'Goal/goal-g1' } },
      },
      {
        ...{ resourceType: 'Condition' as const, id: `many-${at}`, subject },
        ...{ category: [{ coding }], code: { text: `Need ${at}` } },
      },
    ]),
  )
  const found = await look()
  const isNew = ({ id }: { id: string }) => id.startsWith('many-')
  expect(found.actions.filter(isNew)).toHaveLength(620)
  expect(found.needs.filter(isNew)).toHaveLength(620)
})

test('a reading outside the limits shows the person’s own plan to the person and to a nurse', async () => {
  const met = async (who: Parameters<typeof signInAs>[0], id: string) => {
    await signInAs(who)
    const at = machineNow().toISOString()
    const reading = { id, person: graceId, kind: 'weight', value: 99, at } as const
    await addObservation(reading)
    queryClient.clear()
    const facts = await queryClient.fetchQuery(observationsQuery(graceId))
    return { standing: readingStandingOf(reading, facts), ...planForNow((await look()).whatIf) }
  }
  for (const who of ['grace', 'amina'] as const) {
    const { standing, steps, silent } = await met(who, `heavy-${who}`)
    expect([standing, silent]).toEqual(['outside', []])
    expect(steps.map(({ level, step }) => [level, step.doWhat, step.ring])).toEqual([
      ['amber', 'Ring Amina the same day', '01632 960100'],
      ['red', 'Ring 999', '999'],
    ])
  }
})
