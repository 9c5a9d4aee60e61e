import type { Bundle, PlanDefinition } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { answerRuleCounts } from '#domain/suggestion/answer-rule/answer-rule-counts.ts'
import { switchAnswerRuleRequest } from '#domain/suggestion/answer-rule/switch-answer-rule-request.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { answersServer, subject, tasksSeenBy } from '#test-support/worlds/answers-server.ts'

const fell = (id: string) => ({
  ...{ resourceType: 'QuestionnaireResponse', id, status: 'completed', subject },
  questionnaire: 'https://gable.example/fhir/Questionnaire/falls-checklist|1.0',
  authored: '2026-03-01T10:00:00Z',
  item: [{ linkId: 'fallen', answer: [{ valueBoolean: true }] }],
})

eachStore('The board of rules on answers', (open) => {
  const server = async () => await answersServer((await open()).sql, demoQuestionnaires)
  const operation = async (call: Caller, name: string, json?: object) =>
    await call(`/fhir/PlanDefinition/$${name}`, json ? { method: 'POST', json } : {})
  const rulesSeenBy = async (call: Caller) => {
    const { entry = [] } = (await (
      await operation(call, 'answer-rules')
    ).json()) as Bundle<PlanDefinition>
    return entry.flatMap(({ resource }) => resource ?? [])
  }
  const write = async (call: Caller, id: string) =>
    await call(`/fhir/QuestionnaireResponse/${id}`, { method: 'PUT', json: fell(id) })

  test('is read by staff, and a rule is switched by a manager or an administrator, with a reason', async () => {
    const { as, amina } = await server()
    const off = switchAnswerRuleRequest.write({
      rule: 'falls-home',
      on: false,
      reason: 'Asked too often',
    })
    expect((await operation(amina, 'switch-answer-rule', off)).status).toBe(403)
    expect((await operation(await as('grace'), 'answer-rules')).status).toBe(403)
    const admin = await as('admin')
    const without = switchAnswerRuleRequest.write({ rule: 'falls-home', on: false, reason: ' ' })
    expect((await operation(admin, 'switch-answer-rule', without)).status).toBe(400)
    expect((await operation(admin, 'switch-answer-rule', off)).status).toBe(200)
    expect((await operation(admin, 'switch-answer-rule', off)).status).toBe(200)
    const rule = (await rulesSeenBy(amina)).find(({ name }) => name === 'falls-home')
    expect(rule).toMatchObject({ version: '2', status: 'retired', author: [{ name: 'Sam Field' }] })
    await write(amina, 'f1')
    expect(await tasksSeenBy(amina)).toEqual([])
    const on = switchAnswerRuleRequest.write({
      rule: 'falls-home',
      on: true,
      reason: 'Wanted again',
    })
    await operation(admin, 'switch-answer-rule', on)
    await write(amina, 'f2')
    expect((await tasksSeenBy(amina)).map(({ id }) => id)).toEqual(['as-f2-by-falls-home'])
  })

  test('shows no small number, and nothing to those who are not managers', async () => {
    const { as, amina } = await server()
    await write(amina, 'f1')
    expect((await operation(amina, 'answer-rule-counts')).status).toBe(403)
    const { rows } = answerRuleCounts.read(
      await (await operation(await as('admin'), 'answer-rule-counts')).json(),
    )
    expect(rows).toMatchObject([{ rule: 'falls-home', suggested: { fewerThan: 5 } }])
  })
})
