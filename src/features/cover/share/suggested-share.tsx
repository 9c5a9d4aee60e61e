import { Plural, Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { fairShare, type ShareProposal } from '#domain/cover/fair-share.ts'
import type { Shared } from '#domain/cover/shared-answer.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { Button } from '#ui/layout/button.tsx'

type SuggestedProps = Readonly<{
  data: Shared
  whose: string
  onSuggest: (to: ShareProposal) => void
}>

/** A proposal that fills in the choices below: somebody looks at it, changes it and hands over, or does not. */
export function SuggestedShare({ data, whose, onSuggest }: SuggestedProps) {
  const [found, setFound] = useState<number>()
  const suggest = (isLeaving: boolean) => {
    const colleagues = data.colleagues
      .filter(({ who, awayUntil }) => who.reference !== whose && !awayUntil)
      .map(({ who, weight }) => ({ who: who.reference, weight }))
    const weight = data.people.reduce((sum, each) => sum + each.weight, 0)
    const proposal = fairShare({ weight, people: data.people, colleagues, isLeaving })
    setFound(Object.keys(proposal).length)
    onSuggest(proposal)
  }
  return (
    <div className="cover-suggest">
      <Button variant="outline" onClick={() => suggest(false)}>
        <Trans>Suggest a fair share</Trans>
      </Button>{' '}
      <Button variant="outline" onClick={() => suggest(true)}>
        <Trans>They leave: suggest for everybody</Trans>
      </Button>
      <UnverifiedMark what="caseload-weight" />
      <p role="status">
        {found === undefined ? null : found === 0 ? (
          <Trans>Nobody is suggested: it would make no caseload fairer.</Trans>
        ) : (
          <Trans>
            <Plural value={found} one="# person" other="# people" /> suggested by weight, each to
            the colleague who has least by then. Nothing is handed over yet: look at each, and
            change what you know better.
          </Trans>
        )}
      </p>
      <details>
        <summary>
          <Trans>How it is suggested</Trans>
        </summary>
        <p>
          <Trans>
            People are given as long as it makes the fuller caseload smaller. Somebody in hospital
            or with an open alert stays with whoever knows them, unless everybody goes. Nobody is
            suggested for a colleague who is away. It knows weights only: not who knows whom, where
            people live, or which language they speak.
          </Trans>
        </p>
      </details>
    </div>
  )
}
