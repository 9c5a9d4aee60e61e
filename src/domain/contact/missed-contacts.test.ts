import { expect, test } from 'vitest'
import type { Contact } from './contact.ts'
import { missedContacts } from './missed-contacts.ts'

const contact = (at: string, reached: boolean): Contact => ({
  ...{ id: at, person: 'p', way: 'call', reached, words: '', at },
  by: { reference: 'Practitioner/a', name: 'Amina', voice: 'professional' },
})

test('Tries that reached nobody count since the last contact that was made, in any order', () => {
  const made = contact('2026-03-02T09:00:00Z', true)
  const tried = [contact('2026-03-04T09:00:00Z', false), contact('2026-03-01T09:00:00Z', false)]
  expect(missedContacts([...tried, made])).toEqual({ last: made, missed: 1 })
  expect(missedContacts(tried)).toEqual({ last: undefined, missed: 2 })
  expect(missedContacts([])).toEqual({ last: undefined, missed: 0 })
})
