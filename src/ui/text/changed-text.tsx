import { Trans } from '@lingui/react/macro'
import { Fragment } from 'react'
import { ownWords } from './own-words.ts'

type ChangedSpan = Readonly<{ text: string; kind: 'same' | 'added' | 'removed' }>

/** A text beside its older version: removed text is crossed out, new text is underlined, and both are announced. */
export function ChangedText({ spans }: { spans: readonly ChangedSpan[] }) {
  let at = 0
  return (
    <p className="gable-changed" {...ownWords(spans.map(({ text }) => text).join(' '))}>
      {spans.map((span, place) => {
        at += span.text.length + 1
        return (
          <Fragment key={at}>
            {isApart(spans[place - 1]?.text, span.text) ? ' ' : null}
            <Part span={span} />
          </Fragment>
        )
      })}
    </p>
  )
}

/** A space keeps a change from running into its neighbour, unless there is one, or a comma or full stop follows. */
const isApart = (before: string | undefined, after: string) =>
  before !== undefined && !/\s$/.test(before) && !/^[\s,.;:!?)\]”’]/.test(after)

function Part({ span: { kind, text } }: { span: ChangedSpan }) {
  if (kind === 'same') return <span>{text}</span>
  if (kind === 'removed')
    return (
      <del>
        <span className="nhsuk-u-visually-hidden">
          <Trans>Removed:</Trans>{' '}
        </span>
        {text}
      </del>
    )
  return (
    <ins>
      <span className="nhsuk-u-visually-hidden">
        <Trans>New:</Trans>{' '}
      </span>
      {text}
    </ins>
  )
}
