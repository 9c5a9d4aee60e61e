import { Trans } from '@lingui/react/macro'
import type { ChangedSpan } from '#domain/merge/word-changes.ts'

type PhrasesProps = Readonly<{ spans: readonly ChangedSpan[]; without: 'added' | 'removed' }>

/** One side of a comparison: the words as they were, or as they are, with the changed phrases marked. */
export function ChangedPhrases({ spans, without }: PhrasesProps) {
  let at = 0
  return spans.map(({ kind, text }) => {
    at += text.length + 1
    if (kind === without) return null
    return kind === 'same' ? (
      <span key={at}>{text}</span>
    ) : (
      <ChangedPhrase key={at} text={text} isOld={kind === 'removed'} />
    )
  })
}

/** A changed phrase, with its spaces outside of the line. Readers that say no colours hear which it is. */
export function ChangedPhrase({
  text,
  isOld = false,
}: Readonly<{ text: string; isOld?: boolean }>) {
  const [, start = '', middle = '', end = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return (
    <>
      {start}
      {isOld ? (
        <del>
          <span className="nhsuk-u-visually-hidden">
            <Trans>before:</Trans>{' '}
          </span>
          {middle}
        </del>
      ) : (
        <ins>
          <span className="nhsuk-u-visually-hidden">
            <Trans>now:</Trans>{' '}
          </span>
          {middle}
        </ins>
      )}
      {end}
    </>
  )
}
