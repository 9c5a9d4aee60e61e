import type { Bundle, OperationOutcome, PlanDefinition } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { conditionLine } from '#domain/suggestion/answer-rule/answer-condition.ts'
import { answerRuleFromFhir } from '#domain/suggestion/answer-rule/answer-rule-fhir.ts'
import { switchAnswerRuleRequest } from '#domain/suggestion/answer-rule/switch-answer-rule-request.ts'
import {
  answerRulePeople,
  answerRulePeopleRequest,
  startAnswerRuleRequest,
  tryAnswerRuleAnswer,
  tryAnswerRuleRequest,
} from '#domain/suggestion/answer-rule/try-answer-rule-request.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { answersServer, tasksSeenBy } from '#test-support/worlds/answers-server.ts'

const home = 'Organization/brook-surgery'
const living = (id: string, organisation = home) => [
  {
    ...{ resourceType: 'Patient', id, name: [{ family: `Hill${id}`, given: ['Ann'] }] },
    generalPractitioner: [{ reference: organisation }],
  },
  {
    ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active' },
    patient: { reference: `Patient/${id}` },
    managingOrganization: { reference: organisation },
  },
]
const fell = (person: string, times: number) => ({
  ...{ resourceType: 'QuestionnaireResponse', id: `f-${person}`, status: 'completed' },
  subject: { reference: `Patient/${person}` },
  questionnaire: 'https://gable.example/fhir/Questionnaire/falls-checklist|1.0',
  authored: '2026-02-01T10:00:00Z',
  item: [
    { linkId: 'fallen', answer: [{ valueBoolean: true }] },
    { linkId: 'how-many', answer: [{ valueInteger: times }] },
  ],
})
const people = Array.from({ length: 10 }, (_, place) => `h${place}`)

eachStore('Another version of a rule on answers', (open) => {
  const server = async () =>
    await answersServer((await open()).sql, [
      ...demoQuestionnaires,
      ...people.flatMap((id) => living(id)),
      ...living('far', 'Organization/elsewhere'),
      // seven fell twice, three fell three times, and one of another organisation
      ...people.map((id, place) => fell(id, place < 7 ? 2 : 3)),
      fell('far', 3),
    ])
  const call = async (caller: Caller, name: string, json: object) =>
    await caller(`/fhir/PlanDefinition/$${name}`, { method: 'POST', json })
  const wish = (when: readonly string[], more: object = {}) =>
    tryAnswerRuleRequest.write({
      ...{ rule: 'falls-again', when, words: 'Falling often', because: '{how-many} falls' },
      ...more,
    })
  const tried = async (caller: Caller, when: readonly string[]) =>
    tryAnswerRuleAnswer.read(await (await call(caller, 'try-answer-rule', wish(when))).json())
  const started = async (
    caller: Caller,
    { version, draft }: Readonly<{ version: number; draft: number }>,
    reason = 'Too often',
  ) =>
    await call(
      caller,
      'start-answer-rule',
      startAnswerRuleRequest.write({ rule: 'falls-again', version, draft, reason }),
    )
  const rulesSeenBy = async (caller: Caller) => {
    const answer = await caller('/fhir/PlanDefinition/$answer-rules')
    const { entry = [] } = (await answer.json()) as Bundle<PlanDefinition>
    return entry.flatMap(({ resource }) => (resource?.name === 'falls-again' ? [resource] : []))
  }

  test('A changed rule is tried on past answers, in counts without small numbers, before it is used', async () => {
    const { as, amina } = await server()
    const ruth = await as('ruth')
    expect(await tried(ruth, ['fallen is yes', 'how-many from 3'])).toMatchObject({
      ...{ rule: 'falls-again', version: 2, answers: { count: 10 }, before: { count: 10 } },
      ...{ now: { fewerThan: 5 }, gained: { fewerThan: 5 }, lost: { count: 5 } },
    })
    expect((await rulesSeenBy(amina)).map(({ status }) => status)).toEqual(['active', 'draft'])
    // it suggests as before until it is used
    const start = async (version: number, reason: string) =>
      await started(ruth, { version, draft: 1 }, reason)
    expect((await start(2, ' ')).status).toBe(400)
    expect((await start(3, 'Too often')).status).toBe(409)
    expect((await start(2, 'Too often')).status).toBe(200)
    expect((await start(2, 'Too often')).status).toBe(200)
    const [rule, ...others] = await rulesSeenBy(amina)
    expect(others).toEqual([])
    expect(rule && answerRuleFromFhir(rule)).toMatchObject({
      ...{ version: 2, words: 'Falling often', isUnverified: true, changedBy: 'Ruth Adler' },
    })
    const history = await (await as('admin'))(
      '/fhir/PlanDefinition/answer-rule-falls-again/_history',
    )
    const { entry = [] } = (await history.json()) as Bundle<PlanDefinition>
    expect(entry.map(({ resource }) => resource?.version)).toEqual(['2', '1'])
    const say = async (times: number) =>
      await amina('/fhir/QuestionnaireResponse/q', {
        method: 'PUT',
        json: { ...fell('p', times), id: 'q', authored: '2026-03-01T10:00:00Z' },
      })
    await say(2)
    const codes = async () =>
      (await tasksSeenBy(amina)).map(({ description }) => description).toSorted()
    expect(await codes()).not.toContain('Falling often')
  })

  test('What is started is what its manager tried, not what somebody else tried since', async () => {
    const { as, amina } = await server()
    const [ruth, admin] = [await as('ruth'), await as('admin')]
    const of3 = await tried(ruth, ['fallen is yes', 'how-many from 3'])
    const of4 = await tried(admin, ['fallen is yes', 'how-many from 4'])
    expect([of3.version, of4.version]).toEqual([2, 2])
    const refused = await started(ruth, of3)
    const { issue } = (await refused.json()) as OperationOutcome
    expect([refused.status, issue[0]?.details?.text ?? issue[0]?.diagnostics]).toEqual([
      409,
      expect.stringMatching(/has tried another version of this rule since. Try yours again/),
    ])
    expect((await started(ruth, { version: 2, draft: 0 })).status).toBe(400)
    const inUse = async () => {
      const rules = (await rulesSeenBy(amina)).filter(({ status }) => status === 'active')
      return rules.map((rule) => answerRuleFromFhir(rule)?.when.map(conditionLine).join(', '))
    }
    expect(await inUse()).toEqual(['fallen is yes, how-many from 2'])
    expect((await started(admin, of4)).status).toBe(200)
    // neither is the other one told that theirs is used
    expect((await started(ruth, of3)).status).toBe(404)
    expect(await inUse()).toEqual(['fallen is yes, how-many from 4'])
  })

  test('Of two who start and switch at once, the second is told', async () => {
    const { as, amina } = await server()
    const [ruth, admin] = [await as('ruth'), await as('admin')]
    const trial = await tried(ruth, ['fallen is yes', 'how-many from 3'])
    const off = switchAnswerRuleRequest.write({ rule: 'falls-again', on: false, reason: 'Harm' })
    const [start, stop] = await Promise.all([
      started(ruth, trial),
      call(admin, 'switch-answer-rule', off),
    ])
    expect(stop.status).toBe(200)
    expect([200, 409]).toContain(start.status)
    // whichever came first, it is off in the end
    const [rule] = (await rulesSeenBy(amina)).filter(({ status }) => status !== 'draft')
    expect(rule).toMatchObject({ status: 'retired', version: start.status === 200 ? '3' : '2' })
  })

  test('A manager never sees who, and a professional sees only people of theirs', async () => {
    const { as, amina } = await server()
    const ruth = await as('ruth')
    await tried(ruth, ['fallen is yes', 'how-many from 1'])
    await call(ruth, 'try-answer-rule', wish(['fallen is yes']))
    const asked = answerRulePeopleRequest.write({ rule: 'falls-again' })
    expect((await call(ruth, 'answer-rule-people', asked)).status).toBe(403)
    expect((await call(amina, 'try-answer-rule', wish(['fallen is yes']))).status).toBe(403)
    // nobody more: all have fallen twice or more
    const none = answerRulePeople.read(
      await (await call(amina, 'answer-rule-people', asked)).json(),
    )
    expect(none.people).toEqual([])
    const once = {
      ...fell('p', 1),
      ...{ id: 'f-p', authored: '2026-02-20T10:00:00Z' },
    }
    await amina('/fhir/QuestionnaireResponse/f-p', { method: 'PUT', json: once })
    const some = answerRulePeople.read(
      await (await call(amina, 'answer-rule-people', asked)).json(),
    )
    expect(some.people.map(({ id }) => id)).toEqual(['p'])
    const stranger = await call(await as('stranger'), 'answer-rule-people', asked)
    expect(answerRulePeople.read(await stranger.json()).people).toEqual([])
  })

  test.each([
    [['fallen = yes'], /no condition/],
    [['tripped is yes'], /no such question/],
    [['fallen is perhaps'], /no such answer: perhaps. There are yes, no/],
    [['how-many from 200'], /numbers go from 1 to 100/],
    [['how-many from 5 to 2'], /from is more than to/],
    [['fallen from 2'], /no number/],
    [['band is high'], /has no score/],
    [[], /which answers it needs/],
  ] as const)('%j is refused with words', async (when, words) => {
    const { as } = await server()
    const answer = await call(await as('ruth'), 'try-answer-rule', wish(when))
    const { issue } = (await answer.json()) as OperationOutcome
    expect([answer.status, issue[0]?.details?.text ?? issue[0]?.diagnostics]).toEqual([
      422,
      expect.stringMatching(words),
    ])
  })
})
