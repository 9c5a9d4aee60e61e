import type { Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Who } from '#domain/plan/plan.ts'
import { helpersOf, ownerOfWords, sentenceIn, withSentence } from './sentence.ts'
import { besideSentence, type SuggestedChange } from './suggested-change.ts'
import { suggestedChangeFromFhir, suggestedChangeToFhir } from './suggested-change-fhir.ts'

const subject = { reference: 'Patient/p' }
const grace: Who = { reference: 'Patient/p', name: 'Grace', voice: 'person' }
const amina: Who = { reference: 'Practitioner/a', name: 'Amina', voice: 'professional' }
const karen: Who = { reference: 'Practitioner/k', name: 'Karen', voice: 'professional' }
const meta = { versionId: '3', lastUpdated: '2026-03-01T08:00:00Z' }
const gable = (name: string) => `https://gable.example/fhir/${name}`

const goal = {
  ...{ resourceType: 'Goal', id: 'g', lifecycleStatus: 'active', subject, meta },
  ...{ description: { text: 'Walk to church' }, expressedBy: subject },
  extension: [{ url: gable('why-it-matters'), valueString: 'My sister is buried there' }],
} as const
const about = {
  ...{ resourceType: 'Observation', id: 'o', status: 'final', subject, meta, performer: [subject] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '1515861000000103' }] },
  valueString: 'My garden',
} as const
const need = {
  ...{
    resourceType: 'Condition',
    id: 'n',
    subject,
    meta,
    recorder: { reference: 'Practitioner/k' },
  },
  ...{ code: { text: 'The step' }, category: [{ coding: [{ code: 'health-concern' }] }] },
} as const
const step = {
  ...{ resourceType: 'Task', id: 's', status: 'requested', intent: 'order', for: subject, meta },
  ...{ description: 'Fit the rail', owner: { reference: 'Practitioner/k', display: 'Karen' } },
  note: [{ text: 'In oak' }],
} as const
const worse = {
  ...{ resourceType: 'CarePlan', id: 'whatif-1', status: 'active', intent: 'plan', subject, meta },
  category: [{ coding: [{ system: 'https://gable.example/codes', code: 'contingency' }] }],
  extension: ['green', 'amber'].map((level) => ({
    url: gable('what-if'),
    extension: [
      { url: 'level', valueCode: level },
      { url: 'sign', valueString: `Feels ${level}` },
      { url: 'doWhat', valueString: 'Ring the surgery' },
      {
        url: 'said-by',
        valueReference: { reference: level === 'green' ? 'Patient/p' : 'Practitioner/k' },
      },
    ],
  })),
} as const

const sentences = [
  [goal, 'words', 'Walk to church', 'Patient/p'],
  [goal, 'why', 'My sister is buried there', 'Patient/p'],
  [about, 'words', 'My garden', 'Patient/p'],
  [need, 'words', 'The step', 'Practitioner/k'],
  [step, 'what', 'Fit the rail', 'Practitioner/k'],
  [step, 'note', 'In oak', 'Practitioner/k'],
  [worse, 'green.sign', 'Feels green', 'Patient/p'],
  [worse, 'amber.doWhat', 'Ring the surgery', 'Practitioner/k'],
] as const

const at = '2026-03-02T09:00:00Z'
const taking = (owner: Who | undefined, by: Who) => ({ owner, by, at, day: '2026-03-02' })
const asRecord = (resource: object) => resource as ResourceWithId & Resource

describe('A sentence of the plan', () => {
  test.each(sentences)(
    'of %o at %s is found, with whose words it is',
    (resource, place, words, owner) => {
      expect(sentenceIn(asRecord(resource), place)).toBe(words)
      expect(ownerOfWords(asRecord(resource), place)?.reference).toBe(owner)
    },
  )

  test.each([
    [{ ...need, category: [] }, 'words'],
    [{ ...worse, category: [], id: 'plan-1' }, 'amber.sign'],
    [{ ...step, intent: 'proposal' }, 'what'],
    [goal, 'state'],
    [{ resourceType: 'Communication', id: 'c' }, 'words'],
  ])('is not read from %o at %s', (resource, place) => {
    expect(sentenceIn(asRecord(resource), place)).toBeUndefined()
  })

  test('keeps every word that is taken, and every other sentence of its record', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sentences), prose, ([resource, place, , owner], words) => {
        const who = owner === 'Patient/p' ? grace : karen
        const after = withSentence(asRecord(resource), place, words, taking(who, who))
        const others = sentences.filter(([other, there]) => other === resource && there !== place)
        expect(sentenceIn(after, place)).toBe(words)
        expect(others.map(([, there]) => sentenceIn(after, there))).toEqual(
          others.map(([, , stood]) => stood),
        )
        expect(ownerOfWords(after, place)?.reference).toBe(owner)
      }),
    )
  })

  test.each(sentences.filter(([, , , owner]) => owner === 'Patient/p'))(
    'of %o at %s that is written down for the person stays theirs, and names who wrote it down',
    (resource, place) => {
      const after = withSentence(asRecord(resource), place, 'Other words', taking(grace, amina))
      expect(ownerOfWords(after, place)?.reference).toBe('Patient/p')
      expect(helpersOf(after, place)).toEqual(['Practitioner/a'])
      const own = withSentence(after, place, 'My own', taking(grace, grace))
      expect(helpersOf(own, place)).toEqual([])
    },
  )
})

/** Prose as people write it: any letters, spaces and lines, and not nothing. */
const prose = fc
  .array(fc.oneof(fc.lorem({ maxCount: 3 }), fc.string({ unit: 'grapheme', minLength: 1 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(' '))
  .filter((text) => text.trim() !== '')

const suggested = (facts: Partial<SuggestedChange>): SuggestedChange => ({
  ...{
    id: 'c',
    person: 'p',
    record: 'Goal/g',
    place: 'words',
    room: 'conversation',
    by: karen,
    at,
  },
  ...{ why: '', baseVersion: '3', baseWords: 'a', words: 'b', state: 'waiting', ...facts },
})

describe('A suggestion over random prose', () => {
  test('is stored and read without losing a word', () => {
    fc.assert(
      fc.property(prose, prose, prose, (baseWords, words, why) => {
        const task = suggestedChangeToFhir(suggested({ baseWords, words, why }))
        expect(suggestedChangeFromFhir(task)).toMatchObject({ baseWords, words, why })
      }),
    )
  })

  test('beside words that moved on shows both texts whole, and takes neither by itself', () => {
    fc.assert(
      fc.property(prose, prose, prose, (baseWords, words, now) => {
        const beside = besideSentence(suggested({ baseWords, words }), now)
        expect(beside.isMovedOn).toBe(now !== baseWords)
        expect([beside.now, beside.change.words, beside.change.baseWords]).toEqual([
          now,
          words,
          baseWords,
        ])
        if (!beside.isMovedOn) expect(beside.ofBoth).toBeUndefined()
      }),
    )
  })

  test('offers one text of both only if no word of either is lost', () => {
    const number = fc.integer({ min: 0, max: 19 })
    fc.assert(
      fc.property(
        fc.uniqueArray(number, { minLength: 2, maxLength: 2 }),
        ([mine = 0, theirs = 0]) => {
          const words = Array.from({ length: 20 }, (_, index) => `w${index}`)
          const other = (index: number, word: string) => words.with(index, word).join(' ')
          const baseWords = words.join(' ')
          const change = suggested({ baseWords, words: other(mine, 'mine') })
          const { ofBoth } = besideSentence(change, other(theirs, 'theirs'))
          const isApart = Math.abs(mine - theirs) > 1
          if (isApart)
            expect(ofBoth).toBe(words.with(mine, 'mine').with(theirs, 'theirs').join(' '))
          else if (ofBoth !== undefined)
            expect(ofBoth.split(' ')).toEqual(expect.arrayContaining(['mine', 'theirs']))
        },
      ),
    )
  })
})
