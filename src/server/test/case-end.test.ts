import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { caseFromFhir, caseToFhir } from '#domain/case/fhir.ts'
import { testNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { balbirSince, openBalbir } from '#test-support/worlds/balbir.ts'

const at = testNow.toISOString()

eachStore('the end of a case', (open) => {
  async function started() {
    const server = await openBalbir((await open()).sql, balbirSince('2026-01-20T10:00:00Z'))
    const amina = await server.as('amina')
    const change = async (edit: (found: ReturnType<typeof caseFromFhir>) => object) => {
      const stored = (await (await amina('/fhir/EpisodeOfCare/e')).json()) as EpisodeOfCare
      const found = caseFromFhir(stored)
      const json = caseToFhir({ ...found, ...edit(found) }, at, stored)
      const headers = { 'If-Match': `W/"${stored.meta?.versionId}"` }
      const answer = await amina('/fhir/EpisodeOfCare/e', { method: 'PUT', json, headers })
      return { status: answer.status, text: await answer.text() }
    }
    return { change }
  }
  const stepDown = { why: 'Steady', bringsBack: 'A fall', lookAgain: '2026-06-01', since: at }

  test('by a step down says why, what brings the person back, and when the team looks again', async () => {
    const { change } = await started()
    for (const [fault, words] of [
      [{ why: ' ' }, 'needs less'],
      [{ bringsBack: '' }, 'brings the person back'],
      [{ lookAgain: '2026-03-02' }, 'a day after today'],
      [{ lookAgain: '' }, 'a day after today'],
      [{ since: '2026-04-01T09:00:00Z' }, 'in the future'],
    ] as const) {
      const answer = await change(() => ({ stepDown: { ...stepDown, ...fault } }))
      expect(answer.status, words).toBe(422)
      expect(answer.text).toContain(words)
    }
    expect((await change(() => ({ stepDown }))).status).toBe(200)
    // paused and back: the level stays as it was
    expect((await change(() => ({ state: 'paused', reason: 'Away' }))).status).toBe(200)
    expect((await change(() => ({ state: 'open', reason: undefined }))).status).toBe(200)
    expect((await change(() => ({ stepDown: undefined }))).status).toBe(200)
  })

  test('says the outcome, what goes on with whom, and how to come back', async () => {
    const { change } = await started()
    const end = { state: 'closed', until: at, outcome: { code: 'goals-reached', words: 'Walks' } }
    const whole = { ...end, continues: 'Meals, with Kind Meals', comeBack: 'Call the practice' }
    for (const [lacking, words] of [
      [{ ...whole, outcome: { code: 'goals-reached', words: '' } }, 'what the outcome was'],
      [{ ...whole, continues: '' }, 'what continues'],
      [{ ...whole, comeBack: '' }, 'comes back'],
      [{ ...whole, outcome: { code: 'died', words: 'At home' } }, 'Record the death first'],
    ] as const) {
      const answer = await change(() => lacking)
      expect(answer.status, words).toBe(422)
      expect(answer.text).toContain(words)
    }
    expect((await change(() => whole)).status).toBe(200)
  })

  test('does not come without any outcome, and an outcome of another system is enough', async () => {
    const { change } = await started()
    const answer = await change(() => ({ state: 'closed', until: at }))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Say how the case ended')
    expect((await change(() => ({ state: 'paused', reason: 'Away' }))).status).toBe(200)
    expect((await change(() => ({ state: 'closed', until: at, reason: undefined }))).status).toBe(
      422,
    )
    const outcome = { code: 'transferred', words: '' }
    expect((await change(() => ({ state: 'closed', until: at, outcome }))).status).toBe(200)
  })
})
