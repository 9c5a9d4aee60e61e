import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import type { NotAgreed } from '#domain/agreement/agreement.ts'
import type { AnswerPart } from '#domain/agreement/still-to-agree.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

export type PlanAnswer = Readonly<{
  yes: boolean
  words: string
  notAgreed?: readonly NotAgreed[] | undefined
}>

/** What was typed so far; `open`: which of the two longer answers. */
export type TypedAnswer = Readonly<{
  open: '' | 'part' | 'no'
  words: string
  parts: Readonly<Record<string, string>>
}>

export const emptyAnswer: TypedAnswer = { open: '', words: '', parts: {} }

type Props = Readonly<{
  parts: readonly AnswerPart[]
  /** what the yes before left out: it is chosen again, and a whole yes says that it is now agreed */
  leftOut: readonly NotAgreed[]
  typed: TypedAnswer
  onType: (typed: TypedAnswer) => void
  pending: boolean
  problem?: ReactNode
  onAnswer: (answer: PlanAnswer) => Promise<void>
}>

/** Yes, yes but not this, or not like this, in plain words. The same for everyone who answers for themselves. */
export function PlanAnswerForm(props: Props) {
  const { typed, onType, pending, problem, onAnswer } = props
  const open = (which: TypedAnswer['open']) => onType({ ...typed, open: which })
  const openPart = () => onType({ ...typed, open: 'part', parts: partsToStart(props) })
  if (typed.open === 'no') return <NotLikeThis {...props} onBack={() => open('')} />
  if (typed.open === 'part') return <NotThis {...props} onBack={() => open('')} />
  return (
    <div className="my-answer">
      {problem}
      <Button pending={pending} onClick={() => void onAnswer({ yes: true, words: '' })}>
        {props.leftOut.length > 0 ? (
          <Trans>Yes, I agree to all of it now</Trans>
        ) : (
          <Trans>Yes, I agree</Trans>
        )}
      </Button>
      {props.parts.length > 1 ? (
        <Button variant="outline" onClick={openPart}>
          <Trans>Yes, but not this</Trans>
        </Button>
      ) : null}
      <Button variant="outline" onClick={() => open('no')}>
        <Trans>Not like this</Trans>
      </Button>
    </div>
  )
}

/** What was typed; at first, what the last yes left out, in the words of then. */
function partsToStart({ parts, leftOut, typed }: Props): TypedAnswer['parts'] {
  if (Object.keys(typed.parts).length > 0) return typed.parts
  const still = leftOut.filter(({ record }) => parts.some((each) => each.record === record))
  return Object.fromEntries(still.map(({ record, words }) => [record, words]))
}

type Inner = Props & Readonly<{ onBack: () => void }>

function NotLikeThis({ typed, onType, pending, problem, onAnswer, onBack }: Inner) {
  const { t } = useLingui()
  const say = () => onAnswer({ yes: false, words: typed.words.trim() })
  return (
    <div className="my-answer">
      {problem}
      <TextArea
        label={t`What should be different?`}
        rows={3}
        value={typed.words}
        onChange={(words) => onType({ ...typed, words })}
        readOnly={pending}
      />
      <SendOrBack {...{ pending, onBack }} onSend={() => void say()} />
    </div>
  )
}

function SendOrBack(props: Readonly<{ pending: boolean; onSend: () => void; onBack: () => void }>) {
  return (
    <>
      <Button pending={props.pending} onClick={props.onSend}>
        <Trans>Send this to my team</Trans>
      </Button>
      <Button variant="outline" onClick={props.onBack}>
        <Trans>Choose another answer</Trans>
      </Button>
    </>
  )
}

function NotThis({ parts, typed, onType, pending, problem, onAnswer, onBack }: Inner) {
  const { t } = useLingui()
  const [tried, setTried] = useState(false)
  const chosen = parts.filter(({ record }) => record in typed.parts)
  const nameOf = ({ kind, words }: AnswerPart) =>
    kind === 'what-if' ? t`If things get worse` : words
  const wordsFor = (record: string) => typed.parts[record] ?? ''
  const choose = (records: readonly string[]) =>
    onType({ ...typed, parts: Object.fromEntries(records.map((each) => [each, wordsFor(each)])) })
  const isWhole =
    chosen.length > 0 &&
    chosen.length < parts.length &&
    chosen.every(({ record }) => wordsFor(record).trim() !== '')
  const say = async () => {
    setTried(true)
    if (!isWhole) return
    const notAgreed = chosen.map(({ record }) => ({ record, words: wordsFor(record).trim() }))
    await onAnswer({ yes: false, words: '', notAgreed })
  }
  return (
    <div className="my-answer">
      {problem}
      <Checkboxes
        legend={t`What do you not agree with?`}
        values={chosen.map(({ record }) => record)}
        onChange={choose}
        options={parts.map((part) => ({ value: part.record, label: nameOf(part) }))}
        error={tried ? choiceError(chosen.length, parts.length) : undefined}
      />
      {chosen.map(({ record, ...part }) => (
        <TextArea
          key={record}
          label={t`What should be different about “${nameOf({ record, ...part })}”?`}
          rows={2}
          value={wordsFor(record)}
          onChange={(text) => onType({ ...typed, parts: { ...typed.parts, [record]: text } })}
          readOnly={pending}
          error={tried && wordsFor(record).trim() === '' ? t`Write a few words` : undefined}
        />
      ))}
      <SendOrBack {...{ pending, onBack }} onSend={() => void say()} />
    </div>
  )
}

function choiceError(chosen: number, all: number): ReactNode {
  if (chosen === 0) return <Trans>Choose what you do not agree with</Trans>
  if (chosen === all)
    return <Trans>If you agree with none of it, go back and press “Not like this”</Trans>
  return undefined
}
