import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Quote } from './quote.tsx'

type EarlierWordsProps = Readonly<{
  earlier: Readonly<{ words: string; by: { name: string }; helper?: { name: string } }> | undefined
  /** the day, rendered */
  when?: ReactNode
  /** the person reads it */
  isReader?: boolean
}>

/** What a person had said before somebody else overwrote it: it stays visible until they say it again. */
export function EarlierText({ earlier, when, isReader = false }: EarlierWordsProps) {
  if (!earlier) return null
  const { words, by, helper } = earlier
  return (
    <div className="gable-earlier">
      <p className="gable-meta">
        {isReader ? (
          <Trans>You had said, in your own words:</Trans>
        ) : (
          <Trans>{by.name} had said, in their own words:</Trans>
        )}
      </p>
      <Quote size="row">{words}</Quote>
      <p className="gable-meta">
        {when} {helper ? <Trans>{helper.name} had helped to write this.</Trans> : null}
      </p>
    </div>
  )
}
