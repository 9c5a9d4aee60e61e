import { Trans, useLingui } from '@lingui/react/macro'
import type { AgreedValue, RecordedResult } from '#domain/record/recorded-result.ts'

/** Whose results they are: the reader’s own, or those of the named person. */
export type WhoseResults = Readonly<{ ofName: string | undefined }>

/** One result in a sentence: what it is, how much, and what the plan says about it. */
export function ResultText({ result, ofName }: WhoseResults & { result: RecordedResult }) {
  const { t } = useLingui()
  const name = result.plain?.words ?? result.coded
  const title = ofName ? t`${ofName}’s ${name}` : t`Your ${name}`
  return (
    <>
      {title}: <b>{result.value}</b>.{' '}
      {result.agreed ? <AgreedText agreed={result.agreed} ofName={ofName} /> : null}
    </>
  )
}

function AgreedText({ agreed, ofName }: WhoseResults & { agreed: AgreedValue }) {
  const { low, high, aim } = agreed
  const plan = ofName ? <Trans>The plan says</Trans> : <Trans>Your plan says</Trans>
  return (
    <>
      {plan}{' '}
      {low !== undefined && high !== undefined ? (
        <Trans>
          between {low} and {high}.
        </Trans>
      ) : high !== undefined ? (
        <Trans>below {high}.</Trans>
      ) : low !== undefined ? (
        <Trans>above {low}.</Trans>
      ) : (
        <Trans>about {aim}.</Trans>
      )}
    </>
  )
}
