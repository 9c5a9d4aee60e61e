import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { stubLocalStorage } from '#test-support/doubles/local-storage.ts'
import { openHook } from '#test-support/hook.ts'
import { asAnother, useDraft } from './use-draft.ts'
import { useRecordForm } from './use-record-form.ts'

const church: Goal = {
  ...{ id: 'goal-1', person: 'grace', words: 'To church', why: '', needs: [], state: 'active' },
}
type Edit = Readonly<{ base?: Goal | undefined; mine: Goal }>

beforeEach(() => stubLocalStorage())
afterEach(() => vi.unstubAllGlobals())

const look = (save: (edit: Edit) => Promise<Goal>) =>
  openHook(() => useRecordForm<Goal>({ key: 'goal:1', current: church, fresh: church, save }))

/** A save that lasts until the test ends it. */
function slowSave() {
  const sent: Edit[] = []
  const waiting = Promise.withResolvers<void>()
  const save = async (edit: Edit) => {
    sent.push(edit)
    await waiting.promise
    return { ...edit.mine, since: '2019-11-22' }
  }
  return { sent, save, arrive: waiting.resolve, fail: waiting.reject }
}

test('text typed during a save stays in the form and is based on what was saved', async () => {
  const { sent, save, arrive } = slowSave()
  look(save).change({ words: 'To church on Sunday' })
  const saving = look(save).save()
  look(save).change({ words: 'To church on Sunday, by bus' })
  arrive()

  expect(await saving, 'the form stays open').toBe(false)
  const after = look(save)
  expect(after.isDraft).toBe(true)
  expect(after.problem).toBeUndefined()
  expect(after.mine.words).toBe('To church on Sunday, by bus')

  expect(await after.save()).toBe(true)
  expect(sent[1]?.base).toEqual({ ...church, words: 'To church on Sunday', since: '2019-11-22' })
  expect(sent[1]?.mine.words).toBe('To church on Sunday, by bus')
  expect(look(save).isDraft).toBe(false)
})

test('text may be typed while an unchanged record is being saved', async () => {
  const { save, arrive } = slowSave()
  const saving = look(save).save()
  look(save).change({ why: 'My sister is buried there' })
  arrive()
  expect(await saving).toBe(false)
  expect(look(save).mine.why).toBe('My sister is buried there')
})

test('saving everything that was typed ends the draft', async () => {
  const { save, arrive } = slowSave()
  look(save).change({ words: 'To church on Sunday' })
  const saving = look(save).save()
  // a change that is undone is no change
  look(save).change({ words: 'To church on Sundays' })
  look(save).change({ words: 'To church on Sunday' })
  arrive()
  expect(await saving).toBe(true)
  expect(look(save).isDraft).toBe(false)
})

test('a save that fails keeps the draft and its base version', async () => {
  const { sent, save, fail } = slowSave()
  look(save).change({ words: 'To church on Sunday' })
  const saving = look(save).save()
  look(save).change({ why: 'We sing there' })
  fail(new FhirError({ status: 0, text: 'Failed to fetch' }))
  expect(await saving).toBe(false)
  const { mine } = look(save)
  expect([mine.words, mine.why]).toEqual(['To church on Sunday', 'We sing there'])
  await look(save).save()
  expect(sent[1]?.base).toEqual(church)
})

const comment = () => openHook(() => useDraft('comment:1', { id: '', text: '' }))

test('text typed after a comment was sent is a new comment and does not overwrite the first', () => {
  const sent = { id: 'comment-1', text: 'I will walk with her' }
  const [, write, , , settle] = comment()
  write({ ...sent, text: 'I will walk with her, or Chidi' })
  expect(settle(sent, asAnother)).toBe(false)
  const [left, , , isDraft] = comment()
  expect(isDraft).toBe(true)
  expect(left.text).toBe('I will walk with her, or Chidi')
  expect(left.id).not.toBe(sent.id)
})

test('a comment that was sent whole leaves no draft', () => {
  const sent = { id: 'comment-1', text: 'I will walk with her' }
  const [, write, , , settle] = comment()
  write(sent)
  expect(settle(sent, asAnother)).toBe(true)
  const [left, , , isDraft] = comment()
  expect(left.text).toBe('')
  expect(isDraft).toBe(false)
})

test('a draft discarded while it is being sent does not come back', () => {
  const sent = { id: 'comment-1', text: 'I will walk with her' }
  const [, write, clear, , settle] = comment()
  write(sent)
  clear()
  expect(settle(sent, asAnother)).toBe(true)
  expect(comment()[3]).toBe(false)
})
