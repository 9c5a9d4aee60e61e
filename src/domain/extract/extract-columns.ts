/** What an extract says of one person: words and bands only, never a name, a number, a date or a place. */
export type ExtractRow = Readonly<Record<ExtractColumnName, string>>

/** A column: its name in the file, what it means, and what can stand in it. */
export type ExtractColumn = Readonly<{ name: string; means: string; values: string }>

const notRecorded = 'empty: not recorded, or left out so that nobody can be told'

/** The data dictionary: every column of an extract, in the order of the file. */
export const extractColumns = [
  {
    name: 'row',
    means: 'Number of the line, by lot. The same person has another number in the next extract',
    values: 'whole numbers from 1',
  },
  {
    name: 'age_band',
    means: 'Age on the day of the extract, in years',
    values: `0-17, 18-44, 45-64, 65-74, 75-84, 85+; or wider: 0-64, 65+; ${notRecorded}`,
  },
  { name: 'sex', means: 'Sex as recorded', values: `female, male, other; ${notRecorded}` },
  {
    name: 'ethnic_group',
    means: 'Group of the NHS Data Dictionary’s ethnic category (2001)',
    values: `white, mixed, asian, black, other; ${notRecorded}`,
  },
  {
    name: 'deprivation_fifth',
    means: 'Fifth of the country’s streets by deprivation: 1 the poorest',
    values: `1 to 5; ${notRecorded}`,
  },
  {
    name: 'segment',
    means: 'Stage of life after “Bridges to Health” (Lynn 2007)',
    values:
      'last-year, frailty-dementia, organ-failure, incurable-cancer, disability, long-term, maternal, well, unknown',
  },
  {
    name: 'frailty_band',
    means: 'Band of the electronic Frailty Index (Clegg 2016)',
    values: 'fit, mild, moderate, severe, unclear; empty: nothing is coded',
  },
  {
    name: 'conditions',
    means: 'Deficits and groups of Charlson that are recorded',
    values: '0, 1, 2-3, 4+',
  },
  {
    name: 'emergency_stays',
    means: 'Emergency stays in hospital that began in the last 365 days, as far as they were sent',
    values: '0, 1, 2, 3+',
  },
  {
    name: 'emergency_stays_before',
    means: 'The same of the 365 days before',
    values: '0, 1, 2, 3+',
  },
  {
    name: 'bed_days',
    means: 'Nights of the stays of the last 365 days',
    values: '0, 1-7, 8-30, 31+',
  },
  {
    name: 'chance',
    means: 'Of 100 people like this one, how many had an emergency stay in a year (counted here)',
    values: '0-9, 10-19, 20-29, 30+; empty: cannot be counted',
  },
  {
    name: 'case',
    means: 'Whether a coordinator looks after them',
    values: 'coordinated, not-now, none',
  },
] as const satisfies readonly ExtractColumn[]

type ExtractColumnName = (typeof extractColumns)[number]['name']

const band = (value: number, bands: readonly (readonly [from: number, word: string])[]): string =>
  bands.findLast(([from]) => value >= from)?.[1] ?? ''

export const ageBand = (age: number | undefined): string =>
  age === undefined ? '' : band(age, ageBands)

const ageBands = [
  [0, '0-17'],
  [18, '18-44'],
  [45, '45-64'],
  [65, '65-74'],
  [75, '75-84'],
  [85, '85+'],
] as const

/** The wider band that a band lies in. */
export const widerAgeBand = (narrow: string): string =>
  narrow === '' ? '' : ['0-17', '18-44', '45-64', '0-64'].includes(narrow) ? '0-64' : '65+'

export const staysBand = (stays: number): string => (stays >= 3 ? '3+' : String(stays))

export const nightsBand = (nights: number): string =>
  band(nights, [
    [0, '0'],
    [1, '1-7'],
    [8, '8-30'],
    [31, '31+'],
  ])

export const conditionsBand = (count: number): string =>
  band(count, [
    [0, '0'],
    [1, '1'],
    [2, '2-3'],
    [4, '4+'],
  ])

export const chanceBand = (chance: number | undefined): string =>
  chance === undefined
    ? ''
    : band(chance, [
        [0, '0-9'],
        [10, '10-19'],
        [20, '20-29'],
        [30, '30+'],
      ])
