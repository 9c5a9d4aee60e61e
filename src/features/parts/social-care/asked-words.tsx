import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Already = Readonly<{
  /** somebody else answered it: shown with who and when, and asked again only on demand */
  already?: WrittenBy | undefined
}>

type AskedProps = Already & Readonly<{ legend: string; said: ReactNode; children: ReactNode }>

function Asked({ already, legend, said, children }: AskedProps) {
  const [isOpen, setOpen] = useState(false)
  if (!already || isOpen) return children
  return (
    <div className="carer-shown">
      <p className="carer-label">{legend}</p>
      <div>{said}</div>
      <p className="carer-note">
        <Trans>
          Answered by {already.by.name}, <DateText date={already.at} />
        </Trans>{' '}
        <Button variant="link" onClick={() => setOpen(true)}>
          <Trans>Change it</Trans>
          <span className="nhsuk-u-visually-hidden">: {legend}</span>
        </Button>
      </p>
    </div>
  )
}

type WordsProps = Already &
  Readonly<{
    label: string
    hint?: string | undefined
    rows: number
    value: string
    onChange: (value: string) => void
  }>

export function AskedWords({ already, label, ...field }: WordsProps) {
  const said = <p className="gable-said">{field.value}</p>
  return (
    <Asked already={already} legend={label} said={said}>
      <TextArea label={label} {...field} />
    </Asked>
  )
}

type YesOrNoProps = Already &
  Readonly<{
    name: string
    legend: string
    value: 'yes' | 'no' | undefined
    onChange: (value: 'yes' | 'no') => void
  }>

export function AskedYesOrNo({ already, name, legend, value, onChange }: YesOrNoProps) {
  const { t } = useLingui()
  const words = { yes: t`Yes`, no: t`No` }
  return (
    <Asked already={already} legend={legend} said={<p>{value ? words[value] : ''}</p>}>
      <Radios
        {...{ legend, name }}
        value={value ?? ''}
        onChange={(next) => onChange(next === 'yes' ? 'yes' : 'no')}
        options={[
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]}
      />
    </Asked>
  )
}

type Finding<State extends string> = Readonly<{ state?: State; words: string }>

type OutcomeProps<State extends string> = Already &
  Readonly<{
    name: string
    legend: string
    states: Readonly<Record<State, string>>
    value: Finding<State> | undefined
    onChange: (value: Finding<State>) => void
  }>

/** How it is with one outcome, and words about it. */
export function AskedOutcome<State extends string>(props: OutcomeProps<State>) {
  const { t } = useLingui()
  const { already, name, legend, states, value, onChange } = props
  const words = value?.words ?? ''
  const [opened, setOpened] = useState(false)
  const options = Object.entries<string>(states).map(([state, label]) => ({ value: state, label }))
  const said = (
    <>
      <p>{value?.state ? states[value.state] : ''}</p>
      {words ? <p className="gable-said">{words}</p> : null}
    </>
  )
  return (
    <Asked already={already} legend={legend} said={said}>
      <Radios
        {...{ legend, name, options }}
        value={value?.state ?? ''}
        onChange={(state) => onChange({ words: '', ...value, state: state as State })}
      />
      {opened || words !== '' ? (
        <TextArea
          label={t`What was said about it: ${legend}`}
          rows={2}
          value={words}
          onChange={(next) => onChange({ ...value, words: next })}
        />
      ) : (
        <Button variant="link" onClick={() => setOpened(true)}>
          <Trans>Add words: {legend}</Trans>
        </Button>
      )}
    </Asked>
  )
}
