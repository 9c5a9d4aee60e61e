import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { FindFilters, FoundPeople } from '#client/queries/monitoring/find-people.ts'
import type { Facet } from '#domain/case/find-people.ts'
import { frailtyBands } from '#domain/risk/frailty.ts'
import { changeables } from '#domain/stratification/changeable.ts'
import { needFlags } from '#domain/stratification/need-flags.ts'
import { segments } from '#domain/stratification/segments.ts'
import { changeableLabels } from '#features/parts/find/changeable-labels.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { frailtyBandLabels, knownLabels } from './labels.ts'
import { needFlagLabels, segmentLabels } from './stratum-labels.ts'

type FiltersProps = Readonly<{
  text: string
  setText: (text: string) => void
  filters: FindFilters
  narrow: (change: Readonly<Record<string, string>>) => void
  found: FoundPeople | undefined
}>

/** Undefined until the list has answered: a zero would be read as nobody. */
const countOf = (counts: readonly Facet[] | undefined, value: string): number | undefined =>
  counts && (counts.find((each) => each.value === value)?.count ?? 0)

const countOfAll = (counts: readonly Facet[] | undefined): number | undefined =>
  counts?.reduce((sum, each) => sum + each.count, 0)

/** The filters of the list, each choice with how many people it would give. */
export function FindFiltersForm({ text, setText, filters, narrow, found }: FiltersProps) {
  const { t } = useLingui()
  // on a phone the list comes first, and the filters on request
  const [isWide] = useState(() => matchMedia('(min-width: 901px)').matches)
  return (
    <search>
      <TextField
        label={t`Name or NHS number`}
        value={text}
        onChange={setText}
        autoComplete="off"
        type="search"
      />
      <details open={isWide}>
        <summary>
          <Trans>Filter the list</Trans>
        </summary>
        <RuleFilter {...{ filters, narrow, found }} />
        <ChangeableFilter {...{ filters, narrow, found }} />
        <LivesNotKnown found={found} />
        <FlagFilter {...{ filters, narrow, found }} />
        <KnownFilter {...{ filters, narrow, found }} />
        <BandFilter {...{ filters, narrow, found }} />
        <SelectField
          label={t`Stage of life`}
          value={filters.segment}
          onChange={(segment) => narrow({ segment })}
          options={segmentOptions(found, t`Any`, t)}
        />
        <fieldset className="find__ages">
          <legend>{t`Age`}</legend>
          <AgeField label={t`From`} value={filters.ageFrom} onChange={(from) => narrow({ from })} />
          <AgeField label={t`To`} value={filters.ageTo} onChange={(to) => narrow({ to })} />
        </fieldset>
        <SelectField
          label={t`Condition`}
          value={filters.condition}
          onChange={(condition) => narrow({ condition })}
          options={conditionOptions(filters, found, t`Any`)}
        />
        <WhoIsMissing {...{ filters, narrow, found }} />
      </details>
    </search>
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

function ChangeableFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  return (
    <Radios
      className="find__radios"
      small
      legend={t`What could be changed`}
      name="changeable"
      value={filters.changeable}
      onChange={(changeable) => narrow({ changeable })}
      options={[
        { value: '', label: t`Any` },
        ...changeables.map((value) => ({
          value,
          label: (
            <Counted
              words={t(changeableLabels[value])}
              count={countOf(found?.changeables, value)}
            />
          ),
        })),
      ]}
    />
  )
}

/** Of whom nobody wrote down whether they live alone: that is never a no. */
function LivesNotKnown({ found }: Pick<FiltersProps, 'found'>) {
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
  return (
    <Radios
      className="find__radios"
      small
      legend={t`Needs that no score counts`}
      name="flag"
      value={filters.flag}
      onChange={(flag) => narrow({ flag })}
      options={[
        { value: '', label: t`Any, or none` },
        ...needFlags.map((value) => ({
          value,
          label: <Counted words={t(needFlagLabels[value])} count={countOf(found?.flags, value)} />,
        })),
      ]}
    />
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

type NarrowProps = Pick<FiltersProps, 'filters' | 'narrow' | 'found'>

function KnownFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const all = countOfAll(found?.known)
  return (
    <Radios
      className="find__radios"
      small
      legend={t`Already decided`}
      name="known"
      value={filters.known}
      onChange={(known) => narrow({ known })}
      options={Object.entries(knownLabels).map(([value, label]) => ({
        value,
        label: (
          <Counted words={t(label)} count={value === 'all' ? all : countOf(found?.known, value)} />
        ),
      }))}
    />
  )
}

function BandFilter({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  const all = countOfAll(found?.bands)
  return (
    <Radios
      className="find__radios"
      small
      legend={t`Frailty`}
      name="band"
      value={filters.band}
      onChange={(band) => narrow({ band, unscored: '' })}
      options={[
        { value: '', label: <Counted words={t`Any`} count={all} /> },
        ...frailtyBands.map((value) => ({
          value,
          label: (
            <Counted
              words={frailtyBandLabels[value] ? t(frailtyBandLabels[value]) : value}
              count={countOf(found?.bands, value)}
            />
          ),
        })),
      ]}
    />
  )
}

function Counted({ words, count }: Readonly<{ words: string; count: number | undefined }>) {
  const { i18n } = useLingui()
  return (
    <span className="find__counted">
      {words} <span>{count === undefined ? null : i18n.number(count)}</span>
    </span>
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

function WhoIsMissing({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  if (!found) return null
  return (
    <section className="find__missing" aria-labelledby="find-missing">
      <h2 id="find-missing">{t`Who is missing?`}</h2>
      <WithoutScore {...{ filters, narrow, found }} />
      <SaidNo found={found} />
    </section>
  )
}

/** People who asked not to be looked for: only how many, in fives. */
function SaidNo({ found: { saidNo } }: { found: FoundPeople }) {
  if (!saidNo) return null
  return (
    <p>
      {'count' in saidNo ? (
        <Trans>About {saidNo.count} people said no to being looked for.</Trans>
      ) : (
        <Trans>Fewer than {saidNo.fewerThan} people said no to being looked for.</Trans>
      )}{' '}
      <Trans>They are on no list here, and their care stays the same.</Trans>
    </p>
  )
}

function WithoutScore({ filters, narrow, found }: NarrowProps & { found: FoundPeople }) {
  const count = found.unscored
  // for an empty list it cannot be said that everybody has a score; nor beside somebody, found by name, who has none
  const isUntrue =
    countOfAll(found.known) === 0 ||
    found.people.some(({ band = '' }) => !(band in frailtyBandLabels))
  if (count === 0 && isUntrue) return null
  return (
    <>
      <p>
        <WhoIsApart count={count} order={found.order} />{' '}
        {count > 0 ? <Trans>They are listed separately, not at the end.</Trans> : null}
      </p>
      {filters.unscored ? (
        <Button variant="link" onClick={() => narrow({ unscored: '' })}>
          <Trans>Back to people with a score</Trans>
        </Button>
      ) : (
        count > 0 && (
          <Button variant="link" onClick={() => narrow({ unscored: 'yes', ...noReasons })}>
            <Trans>See them</Trans>
          </Button>
        )
      )}
    </>
  )
}

/** Filters that need codes, which nobody without a score has. */
const noReasons = { band: '', condition: '', segment: '', changeable: '', flag: '' } as const

/** Whom the order cannot place, and why. */
function WhoIsApart({
  count,
  order = 'frailty',
}: Readonly<{ count: number; order?: string | undefined }>) {
  if (order === 'cost' || order.startsWith('outside:'))
    return (
      <Plural
        value={count}
        _0="Everyone here has what this order needs."
        one="Of # person nothing was sent that this order needs."
        other="Of # people nothing was sent that this order needs."
      />
    )
  if (order === 'frailty')
    return (
      <Plural
        value={count}
        _0="Everyone here has a score."
        one="# person has no coded condition, so no score."
        other="# people have no coded condition, so no score."
      />
    )
  return (
    <Plural
      value={count}
      _0="Everyone here has a chance that could be counted."
      one="# person has nothing coded, no age, or too few people like them to count a chance."
      other="# people have nothing coded, no age, or too few people like them to count a chance."
    />
  )
}
