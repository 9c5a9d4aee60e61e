import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { allQuestions } from '#domain/assessment/form.ts'
import { type FormPart, leftInPart, partsOf } from '#domain/assessment/form-parts.ts'
import { Button } from '#ui/layout/button.tsx'
import { fieldIdOf, QuestionList, type QuestionListProps } from './question-list.tsx'

/** Which part of a form is open on a phone. Undefined where the whole form is on the screen. */
export type OpenPart = Readonly<{
  parts: readonly FormPart[]
  at: number
  isLast: boolean
  go: (to: number) => void
  /** opens the part with this field, so that it can take the focus */
  goToField: (fieldId: string) => void
}>

type Facts = Pick<QuestionListProps, 'form' | 'enabled' | 'answers'>

/** On a phone one part of a long form at a time; it opens at the first part that is not finished. */
export function useOpenPart(facts: Facts): OpenPart | undefined {
  const [isPhone] = useState(() => matchMedia('(max-width: 640px)').matches)
  const parts = partsOf(facts.form).filter((part) => isAsked(part, facts))
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      parts.findIndex((part) => leftInPart(part, facts).left.length > 0),
    ),
  )
  if (!isPhone || parts.length < 2) return undefined
  const open = Math.min(at, parts.length - 1)
  return {
    ...{ parts, at: open, isLast: open === parts.length - 1, go: setAt },
    goToField: (fieldId) => {
      const place = parts.findIndex(({ items }) =>
        allQuestions(items).some(({ linkId }) => fieldIdOf(linkId) === fieldId),
      )
      // shown before it takes the focus: what is hidden cannot
      if (place !== -1) flushSync(() => setAt(place))
    },
  }
}

const isAsked = ({ items }: FormPart, { enabled }: Facts) =>
  allQuestions(items).some(({ linkId }) => enabled.has(linkId))

type Props = QuestionListProps & Readonly<{ open: OpenPart; children: ReactNode }>

/** One part after the other, with how far it is and what is left. The others stay as they are, unseen: nothing typed is lost. */
export function PartedQuestions({ open, children, ...list }: Props) {
  const { t } = useLingui()
  const { parts, at, isLast, go } = open
  const heading = useRef<HTMLHeadingElement>(null)
  const turn = (to: number) => {
    flushSync(() => go(to))
    heading.current?.focus()
    heading.current?.scrollIntoView()
  }
  const [number, of, title] = [at + 1, parts.length, parts[at]?.title]
  return (
    <>
      <div className="assess-part-head">
        <h2 ref={heading} tabIndex={-1}>
          {title ? t`Part ${number} of ${of}: ${title}` : t`Part ${number} of ${of}`}
        </h2>
        <WhatIsLeft {...{ open, list, turn }} />
      </div>
      {parts.map((part, place) => (
        <div key={part.id} hidden={place !== at}>
          <QuestionList {...list} questions={withoutHeading(part)} />
        </div>
      ))}
      {isLast && children}
      <div className="assess-actions">
        {!isLast && (
          <Button onClick={() => turn(at + 1)}>
            <Trans>Next part</Trans>
          </Button>
        )}
        {at > 0 && (
          <Button variant="outline" onClick={() => turn(at - 1)}>
            <Trans>Part before</Trans>
          </Button>
        )}
      </div>
    </>
  )
}

/** The heading of the part says what its only group would say again. */
const withoutHeading = ({ items }: FormPart) =>
  items.map((item) => (item.type === 'group' && !item.round ? { ...item, text: '' } : item))

type LeftProps = Readonly<{ open: OpenPart; list: Facts; turn: (to: number) => void }>

/** How many questions have no answer yet, and in which part: none of them has to have one unless the form says so. */
function WhatIsLeft({ open: { parts, at }, list, turn }: LeftProps) {
  const counts = parts.map((part) => leftInPart(part, list))
  const asked = counts.reduce((sum, each) => sum + each.asked, 0)
  const left = counts.reduce((sum, each) => sum + each.left.length, 0)
  const answered = asked - left
  return (
    <>
      <progress value={answered} max={asked} aria-hidden="true" />
      <details className="assess-left">
        <summary>
          <Trans>
            {answered} of {asked} answered. What is left
          </Trans>
        </summary>
        <ul className="gable-plain-list">
          {parts.map((part, place) => (
            <li key={part.id}>
              <Button
                variant="link"
                aria-current={place === at ? 'step' : undefined}
                onClick={() => turn(place)}
              >
                <PartLine
                  title={part.title}
                  number={place + 1}
                  left={counts[place]?.left.length ?? 0}
                />
              </Button>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

type LineProps = Readonly<{ title: string | undefined; number: number; left: number }>

function PartLine({ title, number, left }: LineProps) {
  return (
    <>
      {title ? (
        <Trans>
          Part {number}: {title}
        </Trans>
      ) : (
        <Trans>Part {number}</Trans>
      )}
      {', '}
      {left === 0 ? <Trans>nothing left</Trans> : <Trans>{left} left</Trans>}
    </>
  )
}
