import { Trans, useLingui } from '@lingui/react/macro'
import type { AgreedValue, RecordedResult } from '#domain/record/recorded-result.ts'
import { OwnText } from '#ui/text/own-text.tsx'
import { resultWords } from './result-words.ts'

/** Whose results they are: the reader’s own, or those of the named person. */
export type WhoseResults = Readonly<{ ofName: string | undefined }>

/** One result in a sentence: what it is, how much, and what the plan says about it. */
export function ResultText({ result, ofName }: WhoseResults & { result: RecordedResult }) {
  const { i18n } = useLingui()
  const name = result.plain ? (
    i18n._(resultWords[result.plain].words)
  ) : (
    <OwnText>{result.coded}</OwnText>
  )
  const value = <b dir="ltr">{result.value}</b>
  return (
    <>
      {ofName ? (
        <Trans>
          {ofName}’s {name}: {value}.
        </Trans>
      ) : (
        <Trans>
          Your {name}: {value}.
        </Trans>
      )}{' '}
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
