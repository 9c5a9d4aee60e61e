import { expect, test } from 'vitest'
import type { Who } from '#domain/plan/plan.ts'
import type { ThreadMessage } from './message.ts'
import { isSeenByTeam, newTo, threadsFrom } from './threads.ts'

const grace: Who = { reference: 'Patient/grace', name: 'Grace Okafor', voice: 'person' }
const amina: Who = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
}

const message = (id: string, minute: string, more: Partial<ThreadMessage> = {}): ThreadMessage => ({
  ...({ id, person: 'grace', thread: 'm-1', readers: 'person', topic: 'question' } as const),
  ...{ words: 'Hello', by: grace, isError: false, at: `2026-12-24T20:${minute}:00Z` },
  ...more,
})
const seen = (upTo: string, minute: string) => ({
  ...{ id: `s-${upTo}`, person: 'grace', upTo, by: amina, at: `2026-12-24T20:${minute}:00Z` },
})

test('An answer says nothing about a message that came while it was written', () => {
  const answer = message('m-3', '05', { by: amina })
  const messages = [message('m-1', '00'), message('m-2', '04'), answer]
  const [thread] = threadsFrom(messages, [seen('m-1', '01')])
  expect(thread?.messages.map(isSeenByTeam)).toEqual([true, false, false])
  expect(thread && newTo(thread, amina.reference)?.id).toBe('m-2')
  const [all] = threadsFrom(messages, [seen('m-1', '01'), seen('m-2', '06')])
  expect(all?.messages.map(isSeenByTeam)).toEqual([true, true, false])
})

test('A correction of an earlier message is the last that is new', () => {
  const fix = message('m-3', '05', { corrects: 'm-1', words: 'Hello again' })
  const [thread] = threadsFrom([message('m-1', '00'), message('m-2', '04'), fix], [])
  expect(thread && newTo(thread, amina.reference)?.id).toBe('m-3')
})
