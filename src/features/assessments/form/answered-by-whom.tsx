import { Trans } from '@lingui/react/macro'
import type { Answerer } from '#domain/assessment/reassess/who-answered.ts'

type Props = Readonly<{
  by: Answerer | undefined
  /** under a question, where a name alone would say too little */
  isSentence?: boolean
}>

/** Whose answer it is, where several people answered one assessment. */
export function AnsweredByWhom({ by, isSentence = false }: Props) {
  if (!by) return null
  const { name, reference } = by
  return (
    <span className="assess-meta assess-by">
      {isSentence ? (
        <Trans>
          Answered by <bdi>{name}</bdi>
        </Trans>
      ) : (
        <bdi>{name}</bdi>
      )}
      {reference.startsWith('Patient/') && (
        <>
          , <Trans>the person</Trans>
        </>
      )}
      {reference.startsWith('RelatedPerson/') && (
        <>
          , <Trans>carer</Trans>
        </>
      )}
    </span>
  )
}
