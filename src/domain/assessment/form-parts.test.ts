import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { enabledIds } from './enabled.ts'
import { formFromFhir } from './fhir.ts'
import { allQuestions } from './form.ts'
import { leftInPart, partsOf } from './form-parts.ts'

const forms = demoQuestionnaires.map(formFromFhir)

test.each(forms)('Every question of $title is in one part, in its order', (form) => {
  const idsIn = (items: typeof form.items) =>
    allQuestions(items)
      .filter(({ type }) => type !== 'group')
      .map(({ linkId }) => linkId)
  expect(partsOf(form).flatMap(({ items }) => idsIn(items))).toEqual(idsIn(form.items))
  const ids = partsOf(form).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('A long form has parts of at most five questions, a short one is one part', () => {
  const counted = (name: string) => {
    const form = forms.find(({ url }) => url.endsWith(`/${name}`))
    return form ? partsOf(form).map(({ items }) => items.length) : []
  }
  expect(counted('phq-9')).toEqual([5, 4, 1])
  expect(counted('prisma-7')).toHaveLength(1)
  expect(Math.max(...counted('falls-checklist'))).toBeLessThanOrEqual(5)
})

test('What is left are the questions that are asked and have no answer', () => {
  const form = forms.find(({ url }) => url.endsWith('/falls-checklist'))
  if (!form) throw new Error('The falls checklist is gone')
  const [first] = partsOf(form)
  if (!first) throw new Error('It has no part')
  const at = (answers: Parameters<typeof enabledIds>[1]) =>
    leftInPart(first, { enabled: enabledIds(form, answers), answers })
  expect([at({}).asked, at({}).left.map(({ linkId }) => linkId)]).toEqual([1, ['fallen']])
  expect(at({ fallen: [true] }).left.map(({ linkId }) => linkId)).not.toContain('fallen')
  expect(at({ fallen: [true] }).asked).toBeGreaterThan(2)
})
