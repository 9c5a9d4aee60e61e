import { isNoValue, isShortened } from '#domain/import/csv/csv-cell.ts'
import type { FeedLayout } from './feed-columns.ts'
import { type FeedFault, mostCost } from './feed-fault.ts'
import { type FeedCurrency, type FeedLine, feedCurrencies } from './feed-line.ts'
import type { FeedRow } from './feed-row.ts'

type Cost = Pick<FeedLine, 'cost' | 'currency'>

/** Currencies that a layout is always in: prices of the NHS Payment Scheme in pounds, payments of Medicare in dollars. */
const usual: Readonly<Partial<Record<FeedLayout, FeedCurrency>>> = { sus: 'GBP', cclf: 'USD' }
const symbols: Readonly<Record<string, FeedCurrency>> = { '£': 'GBP', $: 'USD', '€': 'EUR' }

/**
 * The cost of a line in hundredths, with its currency. An empty cell is a cost that is not known, and never zero. What
 * `takesBack` another line counts against it.
 */
export function readCost(
  { cost: text = '', currency: said }: FeedRow,
  { layout, takesBack }: Readonly<{ layout: FeedLayout; takesBack: boolean }>,
): Cost | FeedFault {
  if (text === '' || /^null$/i.test(text)) return {}
  const amount = amountIn(text)
  if (typeof amount === 'object') return amount
  const value = takesBack ? -Math.abs(amount) : amount
  if (value < 0 && !takesBack) return { code: 'cost-negative', value: text }
  if (Math.abs(value) > mostCost) return { code: 'cost-absurd', value: text }
  const currency = currencyOf(text, said, layout)
  return typeof currency === 'object' ? currency : { cost: Math.round(value * 100), currency }
}

function currencyOf(
  text: string,
  said: string | undefined,
  layout: FeedLayout,
): FeedCurrency | FeedFault {
  const symbol = symbols[text.replace(/^-/, '').slice(0, 1)]
  if (!said) return symbol ?? usual[layout] ?? { code: 'currency-missing' }
  const named = feedCurrencies.find((each) => each === said.toUpperCase())
  if (!named) return { code: 'currency-unknown', value: said }
  return symbol && symbol !== named ? { code: 'currency-differs', value: text } : named
}

/** Digits with a point before at most four decimals; commas only between thousands. */
const written = /^-?[£$€]?-? ?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,4})?$/

function amountIn(text: string): number | FeedFault {
  if (isNoValue(text)) return { code: 'no-value', value: text }
  if (isShortened(text)) return { code: 'shortened', value: text }
  if (!written.test(text)) return { code: 'cost-unread', value: text.slice(0, 40) }
  return Number(text.replace(/[£$€, ]/g, '').replace('--', '-'))
}
