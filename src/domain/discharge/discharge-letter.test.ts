import { expect, test } from 'vitest'
import { bytesIn, largestLetter, letterFault, letterFileName } from './discharge-letter.ts'

const pdf = 'application/pdf'
const fhir = 'application/fhir+json'
const bundle = (type: string) => btoa(JSON.stringify({ resourceType: 'Bundle', type }))

test.each<[string, string | undefined, string, string | undefined]>([
  ['a PDF', pdf, btoa('%PDF-1.7 …'.replace('…', '')), undefined],
  ['a program that is called a PDF', pdf, btoa('MZ\u0090'), 'content'],
  ['a web page that is called a PDF', pdf, btoa('<html>%PDF-'), 'content'],
  ['an empty file', pdf, '', 'content'],
  ['what is no base64', pdf, '%%%', 'content'],
  ['a picture', 'image/png', btoa('PNG'), 'type'],
  ['a file without a kind', undefined, btoa('%PDF-1.7'), 'type'],
  ['a document in FHIR', fhir, bundle('document'), undefined],
  ['a Bundle that is no document', fhir, bundle('collection'), 'content'],
  ['JSON that is no record', fhir, btoa('null'), 'content'],
  ['what is no JSON', fhir, btoa('{'), 'content'],
  ['a file that is too large', pdf, btoa(`%PDF-${' '.repeat(largestLetter)}`), 'size'],
])('%s', (_title, contentType, data, fault) => {
  expect(letterFault({ contentType, data })).toBe(fault)
})

test('the size is that of the file, not of the text that it travels in', () => {
  for (const size of [1, 2, 3, 4, 1000]) expect(bytesIn(btoa('x'.repeat(size)))).toBe(size)
})

test.each([
  ['letter.html', 'application/pdf', 'letter.pdf'],
  ['Letter of 28 August.PDF', 'application/pdf', 'Letter of 28 August.pdf'],
  ['../../run.exe', 'application/fhir+json', '.. .. run.json'],
  ['letter\u202efdp.exe', 'application/pdf', 'letter fdp.pdf'],
  ['.html', 'application/pdf', 'letter.pdf'],
  ['', 'application/fhir+json', 'letter.json'],
] as const)('a file called %s, %s, is kept as %s', (title, contentType, name) => {
  expect(letterFileName({ title, contentType })).toBe(name)
})
