import { daysBetween } from '#domain/calendar/days.ts'
import { plainWords } from '#domain/risk/plain-words.ts'
import { typedBirthDate } from '#domain/search/typed-birth-date.ts'
import { daysWithoutContact, todayKinds } from '#domain/today/today.ts'
import { type CaseloadRow, houseOfRow, isCaseOverdue } from './caseload.ts'

/** Whose a person is: of the reader and the teams the reader is in; or of nobody, in the reader’s organisation. */
export const caseloadWhose = ['all', 'mine', 'team', 'nobody'] as const
export type CaseloadWhose = (typeof caseloadWhose)[number]

export const caseloadSorts = ['need', 'contact', 'review', 'name', 'risk'] as const
export type CaseloadSort = (typeof caseloadSorts)[number]

export const caseloadFilters = [
  ...(['all', 'today', 'week', 'steady', 'in-hospital'] as const),
  ...(['review', 'silent', 'untouched', 'waiting', 'no-plan', 'paused'] as const),
] as const
export type CaseloadFilter = (typeof caseloadFilters)[number]

export type CaseloadAsk = Readonly<{
  text: string
  whose: CaseloadWhose
  show: CaseloadFilter
  segment: string
  programme: string
  sort: CaseloadSort
}>

/** The list without words and filters, what is to be done first. */
export const wholeCaseload: CaseloadAsk = {
  ...{ text: '', whose: 'all', show: 'all', segment: '', programme: '', sort: 'need' },
}

/** Days. Our own choice: nobody has written anything of the plan or its goals for so long. */
const daysUntouched = 180

/** The same rule as on Today; nobody is asked for contact with somebody who is in hospital or paused. */
function isSilent(row: CaseloadRow, today: string): boolean {
  const since = row.lastContact || row.since
  if (row.died !== '' || row.state !== 'open' || row.isInHospital || !since) return false
  return daysBetween(since, today) >= daysWithoutContact
}

const isUntouched = ({ planOn, died }: CaseloadRow, today: string) =>
  died === '' && planOn !== '' && daysBetween(planOn, today) >= daysUntouched

const filters: Readonly<Record<CaseloadFilter, (row: CaseloadRow, today: string) => boolean>> = {
  all: () => true,
  today: (row) => row.band === 'today',
  week: (row) => row.band === 'week',
  steady: (row) => row.band === 'steady',
  'in-hospital': (row) => row.isInHospital,
  review: isCaseOverdue,
  silent: isSilent,
  untouched: isUntouched,
  waiting: (row, today) => houseOfRow(row, today) === 'waiting',
  'no-plan': (row) => row.died === '' && (row.planVersion === '' || row.planEmpty),
  paused: (row) => row.state === 'paused',
}

const isWhose = ({ whose }: CaseloadRow, asked: CaseloadWhose) => asked === 'all' || whose === asked

/** Each word is the beginning of a word of the name or number; a number may be written in groups, a birth date as in the header search. */
function isNamed({ family, given, nhsNumber, birthDate }: CaseloadRow, text: string): boolean {
  const born = typedBirthDate(text)
  if (born) return birthDate === born
  const isNumber = /^[\d\s-]+$/.test(text)
  const words = isNumber ? [text.replace(/[\s-]/g, '')] : plainWords(text)
  const names = [...plainWords(`${given} ${family}`), nhsNumber, birthDate.replaceAll('-', '')]
  return words.every((word) => names.some((name) => name.startsWith(word)))
}

const far = 9_999

/** What is to be done first: by kind and day; then this week, steady, and who needs nothing. */
function needOf({ need, band, reviewOn }: CaseloadRow): string {
  const kind = need ? todayKinds.indexOf(need.kind) : far
  const place = { today: 0, week: 1, steady: 2, 'in-hospital': 3, paused: 4 }[band ?? 'paused']
  return `${place} ${String(kind).padStart(4, '0')} ${need?.due ?? ''} ${reviewOn || '9999'}`
}

const keys: Readonly<Record<CaseloadSort, (row: CaseloadRow) => string>> = {
  need: needOf,
  // never comes first: nobody has spoken with them at all
  contact: ({ lastContact }) => lastContact,
  review: ({ reviewOn }) => reviewOn || '9999',
  name: () => '',
  risk: ({ chance }) => String(far - (chance ?? -1)).padStart(5, '0'),
}

/** Rows in this order; those that are alike by name. */
function sortedRows(rows: readonly CaseloadRow[], sort: CaseloadSort) {
  return rows
    .map((row) => [`${keys[sort](row)} `, `${row.family} ${row.given} ${row.person}`, row] as const)
    .toSorted(([key, name], [other, its]) =>
      key === other ? name.localeCompare(its) : key < other ? -1 : 1,
    )
    .map(([, , row]) => row)
}

export type CaseloadCount = Readonly<{ facet: string; value: string; count: number }>

/** Those of a list whom a request asks for, in its order, and how many each filter would leave under all the others. */
export function caseloadList(
  rows: readonly CaseloadRow[],
  { text, whose, show, segment, programme, sort }: CaseloadAsk,
  today: string,
): Readonly<{ rows: readonly CaseloadRow[]; counts: readonly CaseloadCount[] }> {
  const named = text.trim() === '' ? rows : rows.filter((row) => isNamed(row, text.trim()))
  const ofSegment = (row: CaseloadRow) => segment === '' || row.segment === segment
  const ofProgramme = (row: CaseloadRow) => programme === '' || row.programmes.includes(programme)
  const shown = (row: CaseloadRow) => filters[show](row, today)
  const ofWhose = (row: CaseloadRow) => isWhose(row, whose)
  const under = (...tests: readonly ((row: CaseloadRow) => boolean)[]) =>
    named.filter((row) => tests.every((test) => test(row)))
  const many = (
    facet: string,
    found: readonly CaseloadRow[],
    valuesOf: (row: CaseloadRow) => readonly string[],
  ) =>
    [...Map.groupBy(found.flatMap(valuesOf), (value) => value)].map(([value, all]) => ({
      ...{ facet, value, count: all.length },
    }))
  return {
    rows: sortedRows(under(shown, ofWhose, ofSegment, ofProgramme), sort),
    counts: [
      ...many('show', under(ofWhose, ofSegment, ofProgramme), (row) =>
        caseloadFilters.filter((each) => filters[each](row, today)),
      ),
      ...many('whose', under(shown, ofSegment, ofProgramme), (row) => ['all', row.whose]),
      ...many('segment', under(shown, ofWhose, ofProgramme), ({ segment: its }) => [its]),
      ...many('programme', under(shown, ofWhose, ofSegment), ({ programmes }) => programmes),
    ],
  }
}
