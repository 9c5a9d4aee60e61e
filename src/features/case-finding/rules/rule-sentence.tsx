import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { type RuleLine, type RuleLineKind, ruleLineShape } from '#domain/rule/rule-lines.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { amongWords, lineKindWords } from './line-words.ts'

/** Absent: the sentence is only read. */
type Change = ((line: RuleLine) => void) | undefined
type SlotProps = Readonly<{ line: RuleLine; change: Change }>
type Slots = Readonly<{ count: ReactNode; months: ReactNode; among: ReactNode }>

const sentences: Readonly<Record<RuleLineKind, (slots: Slots) => ReactNode>> = {
  age: ({ count }) => <Trans>aged {count}</Trans>,
  conditions: ({ count, among }) => (
    <Trans>
      {count} of these: {among}
    </Trans>
  ),
  'emergency-stay': ({ count, months }) => (
    <Trans>
      {count} emergency stays in the last {months}
    </Trans>
  ),
  frailty: ({ count }) => <Trans>a frailty count of {count}</Trans>,
  'frailty-up': ({ count, months }) => (
    <Trans>
      frailty count up by {count} in {months}
    </Trans>
  ),
  alone: () => <Trans>recorded as living alone</Trans>,
  medicines: ({ count }) => <Trans>taking {count} medicines</Trans>,
  segment: ({ among }) => <Trans>in this stage of life: {among}</Trans>,
  chance: ({ count }) => <Trans>a chance of an emergency stay of {count}</Trans>,
  'not-seen': ({ months }) => <Trans>seen by nobody for {months}</Trans>,
  'many-services': () => (
    <Trans>seen by three services or more in a year, and nobody coordinates</Trans>
  ),
  'high-use': () => <Trans>two emergency stays or more in each of the last two years</Trans>,
  activation: ({ count }) => <Trans>with a PAM level of {count}</Trans>,
  caseload: () => <Trans>on a caseload</Trans>,
  'not-now': () => <Trans>with a “not now” from before</Trans>,
  'care-home': () => <Trans>in a care home</Trans>,
}

/** One line as words with slots: boxes to change a word, or bold words where it is only read. */
export function RuleSentence({ line, change }: SlotProps) {
  return sentences[line.kind]({
    count: <NumberSlot {...{ line, change }} slot="count" />,
    months: <NumberSlot {...{ line, change }} slot="months" />,
    among: <AmongSlot {...{ line, change }} />,
  })
}

function CountWords({ kind, value }: Readonly<{ kind: RuleLineKind; value: number }>) {
  if (kind === 'age') return <Trans>{value} or over</Trans>
  if (kind === 'activation') return <Trans>{value} or lower</Trans>
  if (kind === 'chance') return <Trans>{value} in 100 or more</Trans>
  return <Trans>{value} or more</Trans>
}

function MonthWords({ value }: { value: number }) {
  if (value === 24) return <Trans>2 years</Trans>
  return <Plural value={value} one="# month" other="# months" />
}

const slotLabels: Readonly<Record<'count' | 'months', MessageDescriptor>> = {
  count: msg`How many`,
  months: msg`How long`,
}

function NumberSlot({ line, change, slot }: SlotProps & Readonly<{ slot: 'count' | 'months' }>) {
  const { t } = useLingui()
  const bounds = ruleLineShape(line.kind)[slot]
  const value = line[slot]
  if (!bounds || value === undefined) return null
  const words = (each: number) =>
    slot === 'count' ? <CountWords kind={line.kind} value={each} /> : <MonthWords value={each} />
  if (!change) return <b>{words(value)}</b>
  const steps = [...new Set([...bounds.steps, value])].toSorted((one, other) => one - other)
  return (
    <select
      className="rule-slot"
      aria-label={`${t(lineKindWords[line.kind])}: ${t(slotLabels[slot])}`}
      value={value}
      onChange={(event) => change({ ...line, [slot]: Number(event.target.value) })}
    >
      {steps.map((each) => (
        <option key={each} value={each}>
          {words(each)}
        </option>
      ))}
    </select>
  )
}

function AmongSlot({ line, change }: SlotProps) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const { among = [] } = line
  const { among: words } = ruleLineShape(line.kind)
  if (!words) return null
  const wordOf = (each: string) => {
    const known = amongWords[each]
    return known ? t(known) : each
  }
  const chosen = among.map(wordOf).join(', ')
  if (!change) return <b>{chosen || <Trans>nothing chosen yet</Trans>}</b>
  return (
    <>
      <button
        type="button"
        className={`rule-slot ${chosen ? '' : 'rule-slot--empty'}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span className="nhsuk-u-visually-hidden">{t(lineKindWords[line.kind])}: </span>
        {chosen || <Trans>choose from a list</Trans>}
      </button>
      {open ? (
        <AmongDialog
          {...{ line, wordOf, words }}
          onClose={() => setOpen(false)}
          onDone={(next) => {
            change({ ...line, among: next })
            setOpen(false)
          }}
        />
      ) : null}
    </>
  )
}

type DialogProps = Readonly<{
  line: RuleLine
  words: readonly string[]
  wordOf: (each: string) => string
  onClose: () => void
  onDone: (among: readonly string[]) => void
}>

function AmongDialog({ line, words, wordOf, onClose, onDone }: DialogProps) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<readonly string[]>(line.among ?? [])
  const options = words
    .map((value) => ({ value, label: wordOf(value) }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
  return (
    <Dialog
      open
      title={t(lineKindWords[line.kind])}
      onClose={onClose}
      actions={
        <TwoWaysOut
          pending={false}
          onSave={() => onDone(chosen)}
          onCancel={onClose}
          save={<Trans>Use these</Trans>}
        />
      }
    >
      <Checkboxes
        legend={t`Choose one or more`}
        values={chosen}
        onChange={setChosen}
        options={options}
      />
    </Dialog>
  )
}
