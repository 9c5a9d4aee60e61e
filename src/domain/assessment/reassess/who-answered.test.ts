import type { QuestionnaireResponse, QuestionnaireResponseItem } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { whoAnswered, withWhoAnswered } from './who-answered.ts'

const amina = { reference: 'Practitioner/amina', name: 'Amina Yusuf' }
const karen = { reference: 'Practitioner/karen', name: 'Karen Lee' }
const says = (linkId: string, valueString: string): QuestionnaireResponseItem => ({
  ...{ linkId, answer: [{ valueString }] },
})
const response = (
  by: typeof amina,
  ...item: QuestionnaireResponseItem[]
): QuestionnaireResponse => ({
  ...{ resourceType: 'QuestionnaireResponse', status: 'in-progress', item },
  author: { reference: by.reference, display: by.name },
})
const named = (of: QuestionnaireResponse) =>
  Object.fromEntries([...whoAnswered(of)].map(([linkId, { name }]) => [linkId, name]))

test('One person who answers all of it is the author, and no question is marked', () => {
  const first = withWhoAnswered(response(amina, says('a', '1')), undefined, amina)
  const second = withWhoAnswered(response(amina, says('a', '2'), says('b', '1')), first, amina)
  expect([named(first), named(second)]).toEqual([{}, {}])
})

test('What stands as before stays of whoever said it; what is new or changed is the writer’s', () => {
  const first = response(amina, says('a', '1'), says('b', '1'))
  const second = withWhoAnswered(
    response(karen, says('a', '1'), says('b', '2'), says('c', '1')),
    first,
    karen,
  )
  expect(named(second)).toEqual({ a: 'Amina Yusuf', b: 'Karen Lee', c: 'Karen Lee' })
  const third = withWhoAnswered(
    response(amina, says('a', '1'), says('b', '2'), says('c', '3')),
    second,
    amina,
  )
  expect(named(third)).toEqual({ a: 'Amina Yusuf', b: 'Karen Lee', c: 'Amina Yusuf' })
})

test('Questions in groups, and in further rounds of a group, have their own answerer', () => {
  const round = (words: string) => ({ linkId: 'g', item: [says('x', words)] })
  const first = response(amina, round('one'), round('two'))
  const second = withWhoAnswered(response(karen, round('one'), round('other')), first, karen)
  expect(
    second.item?.map(({ item }) => item?.[0]?.extension?.[0]?.valueReference?.display),
  ).toEqual([...['Amina Yusuf', 'Karen Lee']])
})

test('What a client says about who answered is not taken', () => {
  const forged = {
    ...says('a', '1'),
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/questionnaireresponse-author',
        valueReference: { reference: 'Practitioner/patel', display: 'Dr Anil Patel' },
      },
    ],
  }
  expect(named(withWhoAnswered(response(karen, forged), undefined, karen))).toEqual({})
  const after = withWhoAnswered(response(karen, forged), response(amina, says('a', '2')), karen)
  expect(named(after)).toEqual({ a: 'Karen Lee' })
})
