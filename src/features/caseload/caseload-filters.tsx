import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import {
  type CaseloadAsk,
  type CaseloadCount,
  type CaseloadFilter,
  type CaseloadSort,
  type CaseloadWhose,
  caseloadFilters,
  caseloadSorts,
  caseloadWhose,
  wholeCaseload,
} from '#domain/case/caseload-list.ts'
import type { LifeSegment } from '#domain/stratification/segments.ts'
import { segmentLabels } from '#features/parts/find/stratum-labels.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

type InAddress = Omit<CaseloadAsk, 'text'>

const oneIn = <T extends string>(words: readonly T[], text: string | null, otherwise: T): T =>
  words.find((each) => each === text) ?? otherwise

/** What the address says; the words that are searched for are never in it. */
export const caseloadAskedIn = (search: URLSearchParams): InAddress => ({
  whose: oneIn(caseloadWhose, search.get('whose'), wholeCaseload.whose),
  show: oneIn(caseloadFilters, search.get('show'), wholeCaseload.show),
  sort: oneIn(caseloadSorts, search.get('sort'), wholeCaseload.sort),
  segment: search.get('segment') ?? '',
  programme: search.get('programme') ?? '',
})

/** Only what differs from the whole list. */
export const searchOf = ({ whose, show, sort, segment, programme }: InAddress): URLSearchParams =>
  new URLSearchParams(
    Object.entries({ show, whose, segment, programme, sort }).filter(
      ([name, value]) => value !== wholeCaseload[name as keyof InAddress],
    ),
  )

type Props = Readonly<{
  asked: CaseloadAsk
  counts: readonly CaseloadCount[]
  onChange: (asked: CaseloadAsk) => void
}>

/** Search, filters with how many each would leave, and the order. */
export function CaseloadFilters({ asked, counts, onChange }: Props) {
  const { t } = useLingui()
  const words = useFilterWords()
  const of = (facet: string) => (value: string) =>
    counts.find((each) => each.facet === facet && each.value === value)?.count ?? 0
  const withCount = <T extends string>(
    facet: string,
    values: readonly T[],
    labels: Readonly<Record<T, string>>,
  ) => values.map((value) => ({ value, label: `${labels[value]} (${of(facet)(value)})` }))
  const found = (facet: string, chosen: string) => [
    ...new Set([
      ...counts.filter((each) => each.facet === facet && each.value).map(({ value }) => value),
      ...(chosen ? [chosen] : []),
    ]),
  ]
  const programmes = found('programme', asked.programme).toSorted()
  const [isNarrowed] = useState(asked.whose !== 'all' || asked.segment + asked.programme !== '')
  return (
    <search className="caseload__filters">
      <TextField
        type="search"
        label={t`Find on this list`}
        autoComplete="off"
        value={asked.text}
        maxLength={200}
        onChange={(text) => onChange({ ...asked, text })}
      />
      <SelectField
        label={t`Show`}
        value={asked.show}
        options={withCount('show', caseloadFilters, words.show)}
        onChange={(show) => onChange({ ...asked, show: show as CaseloadFilter })}
      />
      <SelectField
        label={t`Order`}
        value={asked.sort}
        options={caseloadSorts.map((value) => ({ value, label: words.sort[value] }))}
        onChange={(sort) => onChange({ ...asked, sort: sort as CaseloadSort })}
      />
      <details open={isNarrowed}>
        <summary>
          <Trans>More filters</Trans>
        </summary>
        <div className="caseload__further">
          <SelectField
            label={t`Whose`}
            value={asked.whose}
            options={withCount('whose', caseloadWhose, words.whose)}
            onChange={(whose) => onChange({ ...asked, whose: whose as CaseloadWhose })}
          />
          <SelectField
            label={t`Stage of life`}
            value={asked.segment}
            options={[
              { value: '', label: t`All stages` },
              ...found('segment', asked.segment).map((value) => ({
                ...{ value, label: `${words.segment(value)} (${of('segment')(value)})` },
              })),
            ]}
            onChange={(segment) => onChange({ ...asked, segment })}
          />
          {programmes.length > 0 ? (
            <SelectField
              label={t`Programme`}
              value={asked.programme}
              options={[
                { value: '', label: t`All, in a programme or not` },
                ...programmes.map((value) => ({
                  ...{ value, label: `${value} (${of('programme')(value)})` },
                })),
              ]}
              onChange={(programme) => onChange({ ...asked, programme })}
            />
          ) : null}
        </div>
      </details>
    </search>
  )
}

function useFilterWords() {
  const { t, i18n } = useLingui()
  const show: Readonly<Record<CaseloadFilter, string>> = {
    all: t`Everyone`,
    today: t`Something today`,
    week: t`Something this week`,
    steady: t`Steady`,
    'in-hospital': t`In hospital`,
    review: t`Review overdue`,
    silent: t`No contact for 60 days`,
    untouched: t`Plan untouched for half a year`,
    waiting: t`Waiting for the person to agree`,
    'no-plan': t`No plan yet`,
    paused: t`Paused`,
  }
  const whose: Readonly<Record<CaseloadWhose, string>> = {
    all: t`Yours, and of your teams`,
    mine: t`You coordinate`,
    team: t`A colleague coordinates`,
    nobody: t`Nobody coordinates yet`,
  }
  const sort: Readonly<Record<CaseloadSort, string>> = {
    need: t`What is needed first`,
    contact: t`Longest without contact`,
    review: t`Next review`,
    name: t`Name`,
    risk: t`Chance of an emergency stay`,
  }
  const segment = (value: string) => {
    const label = segmentLabels[value as LifeSegment]
    return label ? i18n._(label) : value
  }
  return { show, whose, sort, segment }
}
