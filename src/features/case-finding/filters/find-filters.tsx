import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { FindFilters, FoundPeople } from '#client/queries/monitoring/find-people.ts'
import { frailtyBands } from '#domain/risk/frailty.ts'
import { type Changeable, changeables } from '#domain/stratification/changeable.ts'
import { needFlags } from '#domain/stratification/need-flags.ts'
import { segments } from '#domain/stratification/segments.ts'
import { frailtyBandLabels, knownLabels } from '#features/case-finding/labels.ts'
import { changeableLabels } from '#features/parts/find/changeable-labels.ts'
import { needFlagLabels, segmentLabels } from '#features/parts/find/stratum-labels.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CountedFilter, countOf, countOfAll, type NarrowProps } from './counted-filter.tsx'
import { FilterGroup } from './filter-group.tsx'
import { WhoIsMissing } from './who-is-missing.tsx'

type FiltersProps = NarrowProps & Readonly<{ text: string; setText: (text: string) => void }>

/** The filters of the list, each choice with how many people it would give. */
export function FindFiltersForm(props: FiltersProps) {
  const { t } = useLingui()
  // on a phone the list comes first, and the filters on request
  const [isWide] = useState(() => matchMedia('(min-width: 901px)').matches)
  const { text, setText, ...narrowed } = props
  return (
    <search>
      {isWide ? (
        <h2 className="find__narrow">
          <Trans>Narrow the list</Trans>
        </h2>
      ) : null}
      <TextField
        label={t`Name or NHS number`}
        value={text}
        onChange={setText}
        autoComplete="off"
        type="search"
      />
      {isWide ? (
        <FilterGroups {...narrowed} />
      ) : (
        <details>
          <summary>
            <Trans>Filter the list</Trans>
          </summary>
          <FilterGroups {...narrowed} />
        </details>
      )}
    </search>
  )
}

function FilterGroups(props: NarrowProps) {
  return (
    <>
      <RuleFilter {...props} />
      <ChangeableFilter {...props} />
      <KnownFilter {...props} />
      <BandFilter {...props} />
      <FlagFilter {...props} />
      <PersonFilter {...props} />
      <WhoIsMissing {...props} />
    </>
  )
}

/** Who they are: stage of life, age, condition. */
function PersonFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const { segment, ageFrom, ageTo, condition } = filters
  const ages = ageFrom === undefined && ageTo === undefined ? '' : `${ageFrom ?? 0}–${ageTo ?? ''}`
  const chosen = [
    ...segments.filter((each) => each === segment).map((each) => t(segmentLabels[each])),
    ...[ages, condition],
  ].filter(Boolean)
  return (
    <FilterGroup
      group="person"
      title={<Trans>Age, stage of life, condition</Trans>}
      chosen={chosen.length > 0 ? chosen.join(', ') : undefined}
    >
      <SelectField
        label={t`Stage of life`}
        value={segment}
        onChange={(value) => narrow({ segment: value })}
        options={segmentOptions(found, t`Any`, t)}
      />
      <fieldset className="find__ages">
        <legend>{t`Age`}</legend>
        <AgeField label={t`From`} value={ageFrom} onChange={(from) => narrow({ from })} />
        <AgeField label={t`To`} value={ageTo} onChange={(to) => narrow({ to })} />
      </fieldset>
      <SelectField
        label={t`Condition`}
        value={condition}
        onChange={(value) => narrow({ condition: value })}
        options={conditionOptions(filters, found, t`Any`)}
      />
    </FilterGroup>
  )
}

function conditionOptions(filters: FindFilters, found: FoundPeople | undefined, any: string) {
  const counts = found?.conditions ?? []
  const chosen = filters.condition
  const isOffered = !chosen || counts.some((each) => each.value === chosen)
  return [
    { value: '', label: any },
    ...(isOffered ? [] : [{ value: chosen, label: chosen }]),
    ...counts.map(({ value, count }) => ({ value, label: `${value} (${count})` })),
  ]
}

function segmentOptions(found: FoundPeople | undefined, any: string, t: Translate) {
  return [
    { value: '', label: any },
    ...segments.map((value) => {
      const count = countOf(found?.segments, value)
      const words = t(segmentLabels[value])
      return { value, label: count === undefined ? words : `${words} (${count})` }
    }),
  ]
}

type Translate = ReturnType<typeof useLingui>['t']

/** As many as are seen at a glance; the others open. */
const mostAtOnce = 5

function ChangeableFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const [isWhole, setWhole] = useState(false)
  const { changeable } = filters
  const counted = (value: string) => countOf(found?.changeables, value) ?? 0
  const commonest = new Set(
    changeables.toSorted((one, other) => counted(other) - counted(one)).slice(0, mostAtOnce),
  )
  const isShown = (value: Changeable) =>
    isWhole || !found || value === changeable || commonest.has(value)
  const more = changeables.filter((value) => !isShown(value)).length
  const chosen = changeables.find((value) => value === changeable)
  return (
    <FilterGroup
      group="changeable"
      title={<Trans>What could be changed</Trans>}
      chosen={chosen && t(changeableLabels[chosen])}
      usual
    >
      <Radios
        className="find__radios"
        small
        legend={<Hidden>{t`What could be changed`}</Hidden>}
        name="changeable"
        value={changeable}
        onChange={(value) => narrow({ changeable: value })}
        options={[
          { value: '', label: t`Any` },
          ...changeables.filter(isShown).map((value) => ({
            value,
            label: (
              <CountedFilter
                words={t(changeableLabels[value])}
                count={countOf(found?.changeables, value)}
              />
            ),
          })),
        ]}
      />
      {more > 0 || isWhole ? (
        <Button variant="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? <Trans>fewer</Trans> : <Plural value={more} one="# more" other="# more" />}
        </Button>
      ) : null}
      <LivesNotKnown found={found} />
    </FilterGroup>
  )
}

/** The summary says it already, to whoever sees it. */
function Hidden({ children }: Readonly<{ children: string }>) {
  return <span className="nhsuk-u-visually-hidden">{children}</span>
}

/** Of whom nobody wrote down whether they live alone: that is never a no. */
function LivesNotKnown({ found }: Pick<NarrowProps, 'found'>) {
  const count = countOf(found?.notKnown, 'alone') ?? 0
  if (count === 0) return null
  return (
    <p className="find__meta">
      <Plural
        value={count}
        one="Of # person nobody wrote down whether they live alone. That is not a no."
        other="Of # people nobody wrote down whether they live alone. That is not a no."
      />
    </p>
  )
}

function FlagFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const chosen = needFlags.find((value) => value === filters.flag)
  return (
    <FilterGroup
      group="flag"
      title={<Trans>Needs that no score counts</Trans>}
      chosen={chosen && t(needFlagLabels[chosen])}
    >
      <Radios
        className="find__radios"
        small
        legend={<Hidden>{t`Needs that no score counts`}</Hidden>}
        name="flag"
        value={filters.flag}
        onChange={(flag) => narrow({ flag })}
        options={[
          { value: '', label: t`Any, or none` },
          ...needFlags.map((value) => ({
            value,
            label: (
              <CountedFilter
                words={t(needFlagLabels[value])}
                count={countOf(found?.flags, value)}
              />
            ),
          })),
        ]}
      />
    </FilterGroup>
  )
}

/** Only if a rule is switched on. */
function RuleFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const rules = found?.rules ?? []
  if (rules.length === 0) return null
  return (
    <SelectField
      label={t`Found by the rule`}
      value={filters.rule}
      onChange={(rule) => narrow({ rule })}
      options={[
        { value: '', label: t`Any, or none` },
        ...rules.map(({ id, name }) => ({
          value: id,
          label: `${name} (${countOf(found?.ruleCounts, id) ?? 0})`,
        })),
      ]}
    />
  )
}

function KnownFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const all = countOfAll(found?.known)
  const chosen = Object.entries(knownLabels).find(([value]) => value === filters.known)?.[1]
  return (
    <FilterGroup
      group="known"
      title={<Trans>Already decided</Trans>}
      chosen={chosen && t(chosen)}
      usual
    >
      <Radios
        className="find__radios"
        small
        legend={<Hidden>{t`Already decided`}</Hidden>}
        name="known"
        value={filters.known}
        onChange={(known) => narrow({ known })}
        options={Object.entries(knownLabels).map(([value, label]) => ({
          value,
          label: (
            <CountedFilter
              words={t(label)}
              count={value === 'all' ? all : countOf(found?.known, value)}
            />
          ),
        }))}
      />
    </FilterGroup>
  )
}

function BandFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const all = countOfAll(found?.bands)
  const chosen = frailtyBandLabels[filters.band]
  return (
    <FilterGroup group="band" title={<Trans>Frailty</Trans>} chosen={chosen && t(chosen)}>
      <Radios
        className="find__radios"
        small
        legend={<Hidden>{t`Frailty`}</Hidden>}
        name="band"
        value={filters.band}
        onChange={(band) => narrow({ band, unscored: '' })}
        options={[
          { value: '', label: <CountedFilter words={t`Any`} count={all} /> },
          ...frailtyBands.map((value) => ({
            value,
            label: (
              <CountedFilter
                words={frailtyBandLabels[value] ? t(frailtyBandLabels[value]) : value}
                count={countOf(found?.bands, value)}
              />
            ),
          })),
        ]}
      />
    </FilterGroup>
  )
}

function AgeField({
  label,
  value,
  onChange,
}: Readonly<{ label: string; value: number | undefined; onChange: (value: string) => void }>) {
  return (
    <TextField
      label={label}
      width={3}
      inputMode="numeric"
      maxLength={3}
      value={value === undefined ? '' : String(value)}
      onChange={(text) => onChange(text.replace(/\D/g, ''))}
    />
  )
}
