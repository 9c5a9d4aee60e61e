import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { notShown } from '#domain/population/shown-counts.ts'
import {
  mostRuleLines,
  newRuleLine,
  type RuleLine,
  type RuleLineKind,
  ruleLineFault,
  ruleLineKinds,
} from '#domain/rule/rule-lines.ts'
import type { ShownRuleFigures } from '#domain/rule/rule-parameters.ts'
import { Count, countIn } from '#features/case-finding/population/count.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { lineKindWords, unseenWords } from './line-words.ts'
import { RuleSentence } from './rule-sentence.tsx'

type CardProps = Readonly<{
  lines: readonly RuleLine[]
  /** lines of the version that runs: what differs is new */
  before: readonly RuleLine[] | undefined
  /** of exactly these lines */
  figures: ShownRuleFigures | undefined
  write: ((lines: readonly RuleLine[]) => void) | undefined
}>

/** The rule as a sentence, a line a row, and beside each line how many people are left. */
export function RuleLinesCard({ lines, before, figures, write }: CardProps) {
  const { t, i18n } = useLingui()
  const total = figures && 'count' in figures.total ? i18n.number(figures.total.count) : undefined
  return (
    <section className="rule-card" aria-label={t`The rule as a sentence`}>
      {total ? (
        <p className="rule-card__head">
          <Trans>How many are left after each line, of {total}</Trans>
        </p>
      ) : null}
      <ol className="rule-lines">
        {lines.map((line, at) => (
          <LineRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
            key={at}
            {...{ line, at, figures, lines }}
            isNew={before !== undefined && !before.some((each) => isSame(each, line))}
            write={write}
          />
        ))}
      </ol>
      {write && lines.length < mostRuleLines ? (
        <AddLine onAdd={(kind) => write([...lines, newRuleLine(kind)])} />
      ) : null}
    </section>
  )
}

const isSame = (one: RuleLine, other: RuleLine) =>
  [one.kind, one.but, one.count, one.months, one.among?.join()].join('|') ===
  [other.kind, other.but, other.count, other.months, other.among?.join()].join('|')

type RowProps = Omit<CardProps, 'before'> & Readonly<{ line: RuleLine; at: number; isNew: boolean }>

function LineRow({ line, at, lines, figures, isNew, write }: RowProps) {
  const { t } = useLingui()
  const replace = (next: RuleLine) => write?.(lines.map((each, one) => (one === at ? next : each)))
  const fault = ruleLineFault(line)
  return (
    <li className="rule-line">
      <Lead {...{ line, at }} change={write ? replace : undefined} />
      <div className="rule-line__words">
        <RuleSentence line={line} change={write ? replace : undefined} />{' '}
        {isNew ? (
          <span className="rule-line__new">
            <Trans>new in this version</Trans>
          </span>
        ) : null}
        {write ? (
          <Button
            variant="link"
            aria-label={t`Remove the line: ${t(lineKindWords[line.kind])}`}
            onClick={() => write(lines.filter((_, one) => one !== at))}
          >
            <Trans>Remove</Trans>
          </Button>
        ) : null}
        {fault ? (
          <span className="rule-line__fault">
            {fault === 'too-many-of' ? (
              <Trans>The list is shorter than the number asked for.</Trans>
            ) : (
              <Trans>Finish this line, then it is counted.</Trans>
            )}
          </span>
        ) : null}
        <NotKnown {...{ kind: line.kind, at, figures }} />
      </div>
      <Left {...{ at, figures }} />
    </li>
  )
}

/** Of how many people nobody can say whether the line fits them: they are counted apart, never as a no. */
function NotKnown({
  kind,
  at,
  figures,
}: Readonly<{ kind: RuleLineKind; at: number; figures: ShownRuleFigures | undefined }>) {
  const { t } = useLingui()
  const unknown = countIn(figures?.lines[at]?.unknown ?? notShown)
  const unseen = unseenWords[kind]
  if (unknown === 0 && !unseen) return null
  return (
    <span className="rule-line__unknown">
      {unknown > 0 ? (
        <NotKnownOf {...{ unknown }} all={countIn(figures?.total ?? notShown)} />
      ) : null}{' '}
      {unseen ? t(unseen) : null}
    </span>
  )
}

function NotKnownOf({ unknown, all }: Readonly<{ unknown: number; all: number }>) {
  const { i18n } = useLingui()
  const [people, everybody] = [i18n.number(unknown), i18n.number(all)]
  return all > 0 ? (
    <Trans>
      Not known of {people} of all {everybody} people. Not known is never a no.
    </Trans>
  ) : (
    <Trans>Not known of {people} people. Not known is never a no.</Trans>
  )
}

function Lead({
  line,
  at,
  change,
}: Readonly<{ line: RuleLine; at: number; change: ((line: RuleLine) => void) | undefined }>) {
  const { t } = useLingui()
  const words = at === 0 ? [t`People`, t`People, but not`] : [t`and`, t`but not`]
  if (!change) return <span className="rule-line__lead">{words[line.but ? 1 : 0]}</span>
  return (
    <select
      className="rule-line__lead rule-slot rule-slot--quiet"
      aria-label={t`How the line counts: ${t(lineKindWords[line.kind])}`}
      value={line.but ? 'but' : 'and'}
      onChange={(event) => change({ ...line, but: event.target.value === 'but' })}
    >
      <option value="and">{words[0]}</option>
      <option value="but">{words[1]}</option>
    </select>
  )
}

/** How many are left, as a bar and a number, and how many fewer than after the line before. */
function Left({ at, figures }: Readonly<{ at: number; figures: ShownRuleFigures | undefined }>) {
  const left = figures?.lines[at]?.left
  if (!figures || !left) return <div className="rule-line__left" />
  const before = at === 0 ? undefined : figures.lines[at - 1]?.left
  const share = countIn(left) / Math.max(1, countIn(figures.total))
  const fewer = before ? countIn(before) - countIn(left) : 0
  return (
    <div className="rule-line__left">
      <svg
        className="rule-line__bar"
        viewBox="0 0 220 12"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect className="rule-line__all" width="220" height="12" />
        <rect
          className="rule-line__part"
          width={Math.max(share > 0 ? 3 : 0, 220 * share)}
          height="12"
        />
      </svg>
      <p>
        <b>
          <Count of={left} />
        </b>
        <span className="nhsuk-u-visually-hidden">
          {' '}
          <Trans>people are left</Trans>
        </span>
        {figures.toLookAt !== undefined && before && 'count' in before && 'count' in left ? (
          <small>
            <Plural value={fewer} one="# fewer" other="# fewer" />
          </small>
        ) : null}
      </p>
    </div>
  )
}

function AddLine({ onAdd }: { onAdd: (kind: RuleLineKind) => void }) {
  const { t } = useLingui()
  const [kind, setKind] = useState<RuleLineKind>('conditions')
  return (
    <div className="rule-add">
      <SelectField
        label={t`A line about`}
        value={kind}
        onChange={(next) => setKind(ruleLineKinds.find((each) => each === next) ?? kind)}
        options={ruleLineKinds.map((value) => ({ value, label: t(lineKindWords[value]) }))}
      />
      <Button variant="outline" onClick={() => onAdd(kind)}>
        <Trans>Add a line</Trans>
      </Button>
    </div>
  )
}
