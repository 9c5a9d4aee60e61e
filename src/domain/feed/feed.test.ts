import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { feedColumns } from './feed-columns.ts'
import { feedFaultText } from './feed-fault.ts'
import { feedIn, feedIsMonthFirst, type ReadFeedRow, readFeed } from './read-feed.ts'

const today = '2026-03-02'
const number = '9990000018'

function read(text: string): readonly ReadFeedRow[] {
  const feed = feedIn(text)
  if (!feed) throw new Error('These are not the headings of a feed')
  return readFeed(feed, { today, monthFirst: feedIsMonthFirst(feed) })
}
const codes = (text: string) =>
  read(text).flatMap((each) => ('faults' in each ? each.faults.map(({ code }) => code) : []))
const lines = (text: string) => read(text).flatMap((each) => ('line' in each ? [each.line] : []))

const sus = 'Line,NHS number,Admission date,Discharge date,Admission method,HRG,Cost'
const claims = 'Claim ID,Member ID,From date,To date,Paid amount,Currency,Status'

function mustBePossible(each: ReadFeedRow): void {
  if ('faults' in each) {
    expect(each.faults.map(feedFaultText).join('')).not.toBe('')
    return
  }
  const { started, ended = started, cost = 0, currency, received } = each.line
  expect(started <= received && received <= today && ended >= started).toBe(true)
  expect(cost >= 0 && cost <= 200_000_000 && Number.isInteger(cost)).toBe(true)
  expect('cost' in each.line).toBe(currency !== undefined)
}

describe('A line of a feed', () => {
  test('of the NHS is read with its stay, its method of admission, its group and its cost in pounds', () => {
    expect(lines(`${sus}\nS1,999 000 0018,03/02/2026,2026-02-05,2A,DZ11K,"1,234.50"`)).toEqual([
      {
        ...{ source: 'SUS', line: 'S1', kind: 'admitted', started: '2026-02-03' },
        ...{ ended: '2026-02-05', emergency: true, code: 'DZ11K' },
        ...{ cost: 123_450, currency: 'GBP', received: today, cancelled: false },
      },
    ])
  })

  test('without a cost has none, which is not nothing', () => {
    const [unknown, free] = lines(
      `${sus}\nS1,${number},2026-02-03,,21,,\nS2,${number},2026-02-03,,11,,0`,
    )
    expect(unknown).not.toHaveProperty('cost')
    expect(free).toMatchObject({ cost: 0, currency: 'GBP', emergency: false })
  })

  test.each([
    ['OPFA', 'outpatient'],
    ['AE', 'emergency-care'],
    ['NEL', 'admitted'],
    ['DC', 'admitted'],
  ])('with the point of delivery %s is %s', (pod, kind) => {
    const text = `Line,NHS number,POD,Start date\nL,${number},${pod},2026-02-03`
    expect(lines(text)).toMatchObject([{ kind }])
  })

  test('of a provider has a source of its own, because numbers are unique only within one', () => {
    const text = `Line,NHS number,Appointment date,Provider code\nL,${number},2026-02-03,RXX`
    expect(lines(text)).toMatchObject([{ source: 'SUS RXX', kind: 'outpatient', provider: 'RXX' }])
  })

  test('of CCLF that only repeats parts of claims, or has no amount, is none', () => {
    const claim = ['CUR_CLM_UNIQ_ID', 'BENE_MBI_ID', 'CLM_FROM_DT']
    expect(feedColumns([...claim, 'CLM_PMT_AMT'])?.layout).toBe('cclf')
    const parts = [...claim, 'CLM_LINE_NUM', 'CLM_LINE_PROD_REV_CTR_CD', 'CLM_LINE_CVRD_PD_AMT']
    expect(feedColumns(parts), 'CCLF2').toBeUndefined()
    expect(feedColumns([...claim, 'CLM_VAL_SQNC_NUM', 'CLM_PRCDR_CD']), 'CCLF3').toBeUndefined()
  })

  test('of CCLF is in dollars, and a cancellation counts against what was paid', () => {
    const text = `CUR_CLM_UNIQ_ID|BENE_MBI_ID|CLM_FROM_DT|CLM_THRU_DT|CLM_PMT_AMT|CLM_ADJSMT_TYPE_CD`
    const rows = [
      '1,1AC2HJ3RT4Y,2026-01-03,2026-01-09,900.00,0',
      '2,1AC2HJ3RT4Y,2026-01-03,2026-01-09,900.00,1',
    ]
    expect(lines([text.replaceAll('|', ','), ...rows].join('\n'))).toMatchObject([
      { source: 'CCLF', kind: 'claim', cost: 90_000, currency: 'USD' },
      { line: '2', cost: -90_000, cancelled: false },
    ])
  })

  test('that its sender takes back is cancelled', () => {
    expect(lines(`${claims}\nC,M,2026-02-03,,10,USD,Void`)).toMatchObject([{ cancelled: true }])
    expect(
      lines(`Line,NHS number,Start date,CDS update type\nL,${number},2026-02-03,1`),
    ).toMatchObject([{ cancelled: true }])
  })

  test.each([
    [`${sus}\nS1,9990000019,2026-02-03,,,,`, ['nhs-number-wrong']],
    [`${sus}\nS1,9.99E+09,2026-02-03,,,,`, ['shortened']],
    [`${sus}\nS1,,2026-02-03,,,,`, ['no-person']],
    [`${sus}\n,${number},2026-02-03,,,,`, ['no-line']],
    [`${sus}\nS1,${number},,,,,`, ['no-date']],
    [`${sus}\nS1,${number},soon,,,,`, ['date-unread']],
    [`${sus}\nS1,${number},2026-03-03,,,,`, ['date-impossible']],
    [`${sus}\nS1,${number},2026-02-30,,,,`, ['date-impossible']],
    [`${sus}\nS1,${number},2026-02-03,2026-02-02,,,`, ['end-before-start']],
    [`${sus}\nS1,${number},2026-02-03,,,,-5`, ['cost-negative']],
    [`${sus}\nS1,${number},2026-02-03,,,,2000000.01`, ['cost-absurd']],
    [`${sus}\nS1,${number},2026-02-03,,,,about 5`, ['cost-unread']],
    [`${sus}\nS1,${number},2026-02-03,,,,"1.234,50"`, ['cost-unread']],
    [`${sus}\nS1,${number},2026-02-03,,,,1.2E+05`, ['shortened']],
    [`${sus}\nS1,${number},2026-02-03,,,,#REF!`, ['no-value']],
    [`${sus}\nS1,${number},2026-02-03,,,,$5`, []],
    [`${sus}\nS1,${number},2026-02-03,,,,5,6`, ['too-many-cells']],
    [`${sus}\nS1,"999`, ['broken']],
    [`${claims}\nC,M,2026-02-03,,5,,`, ['currency-missing']],
    [`${claims}\nC,M,2026-02-03,,5,JPY,`, ['currency-unknown']],
    [`${claims}\nC,M,2026-02-03,,£5,USD,`, ['currency-differs']],
    [`${claims}\nC,M,2026-02-03,,,,`, []],
    [`${claims}\nC,M,2026-02-03,,5,USD,perhaps`, ['status-unknown']],
    [
      `${claims}\nC,M,04/05/2025,,5,USD,\nD,M,04/25/2025,,5,USD,`,
      ['date-two-ways', 'date-impossible'],
    ],
  ])('%j is refused for %j', (text, faults) => {
    expect(codes(text)).toEqual(faults)
  })

  test('a list of people is no feed, and a feed with names is no list of people', () => {
    expect(feedIn('Family name,NHS number,Birth date\nHill,9990000018,1934-01-04')).toBeUndefined()
    expect(feedIn(`${sus},Surname`)?.columns.unread).toEqual(['Surname'])
  })

  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('', number, '2026-02-03', '-1', '1e9', '£', '"', 'NULL', '99999999999999'),
  )

  test('whatever is in a row, it is either read with possible values or refused with a reason', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 5 }), (rows) => {
        for (const each of read([claims, ...rows.map((row) => row.join(','))].join('\n')))
          mustBePossible(each)
      }),
    )
  })
})
