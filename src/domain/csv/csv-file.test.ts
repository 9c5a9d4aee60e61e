import { expect, test } from 'vitest'
import { csvFile, withoutFormulaMark } from './csv-file.ts'

const written = (text: string) => csvFile([[text]]).slice(1, -2)

test.each([
  ['=1+1', "'=1+1"],
  ['+44', "'+44"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', '"\'\tx"'],
  ['\r=x', '"\'\r=x"'],
  ['\n=x', '"\'\n=x"'],
  ['  =x', "'  =x"],
  ['\u00A0=x', "'\u00A0=x"],
  ['\u200B=x', "'\u200B=x"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠x', "'＠x"],
  ['a=1', 'a=1'],
  ['O’Brien', 'O’Brien'],
  ['a "b", c', '"a ""b"", c"'],
  ['a;b', '"a;b"'],
  ['two\nlines', '"two\nlines"'],
])('%j is written so that a spreadsheet shows it and runs nothing', (text, cell) => {
  expect(written(text)).toBe(cell)
})

test.each(['=1+1', '  =x', '＝1', '\t=2', 'plain', "'quoted"])('%j is read back', (text) => {
  const [marked] = [written(text)]
  const read = marked.startsWith('"') ? marked.slice(1, -1).replaceAll('""', '"') : marked
  expect(withoutFormulaMark(read)).toBe(text)
})

test('a file says that it is UTF-8, and its lines end as spreadsheets want them', () => {
  expect(
    csvFile([
      ['a', 'b'],
      ['ż', ''],
    ]),
  ).toBe('\uFEFFa,b\r\nż,\r\n')
})
